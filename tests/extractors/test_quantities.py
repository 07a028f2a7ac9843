import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplomat.extractors.quantities import parse


@pytest.mark.parametrize(
    ("phrase", "text", "value", "unit", "bound"),
    [
        ("millions of barrels of oil", "millions of barrels", None, "barrel", None),
        ("some 40 to 50 nuclear warheads", "some 40 to 50", "40/50", "warhead", "about"),
        ("40-50 warheads", "40-50", "40/50", "warhead", None),
        ("between 40 and 50 warheads", "between 40 and 50", "40/50", "warhead", None),
        ("$3 billion", "$3 billion", "3000000000", "USD", None),
        ("frauds worth $3 billion", None, None, None, None),
        ("€1.5bn in aid", "€1.5bn", "1500000000", "EUR", None),
        ("$3 to $4 billion", "$3 to $4 billion", "3000000000/4000000000", "USD", None),
        ("two billion euros of loans", "two billion euros", "2000000000", "EUR", None),
        ("more than 180,000 Russian soldiers", "more than 180,000", "180000", "soldier", "more"),
        ("around 300,000 more", "around 300,000", "300000", None, "about"),
        ("a further five million artillery rounds", "a further five million", "5000000", "round", None),
        ("around ten million", "around ten million", "10000000", None, "about"),
        ("a dozen tanks", "a dozen", "12", "tank", None),
        ("dozens of missiles", "dozens", None, "missile", None),
        ("half a million tonnes of wheat", "half a million tonnes", "500000", "tonne", None),
        ("two hundred and fifty thousand people", "two hundred and fifty thousand", "250000", "person", None),
        ("twenty-five ships", "twenty-five", "25", "ship", None),
        ("the two leaders", "two", "2", "leader", None),
        ("several batteries", "several", None, "battery", None),
        ("thousands of North Koreans", "thousands", None, None, None),
        ("20% of its exports", "20%", "20", "percent", None),
        ("20 percent of its exports", "20 percent", "20", "percent", None),
        ("tens of thousands of troops", "tens of thousands", None, "troop", None),
        ("up to 2,000 drones a month", "up to 2,000", "2000", "drone", "less"),
        ("at least 31 M1 Abrams tanks", "at least 31", "31", "tank", "more"),
        ("3.5 million barrels per day", "3.5 million barrels", "3500000", "barrel", None),
        ("two or three submarines", "two or three", "2/3", "submarine", None),
        ("roughly a third of its oil", "roughly a third", "0.333333", "share", "about"),
        ("two thirds of the seats", "two thirds", "0.666667", "share", None),
        ("half of its fleet", "half", "0.5", "share", None),
        ("one in five voters", "one in five", "0.2", "share", None),
        ("5,000km of cable", "5,000km", "5000", "km", None),
        ("over 2,000 sq km", "over 2,000 sq km", "2000", "square km", "more"),
        ("10 to 15 per cent of exports", "10 to 15 per cent", "10/15", "percent", None),
        ("several hundred advisers", "several hundred", None, "adviser", None),
        ("A$368bn", "A$368bn", "368000000000", "AUD", None),
        ("1.2 million b/d", "1.2 million b/d", "1200000", "b/d", None),
        ("an estimated $50bn", "an estimated $50bn", "50000000000", "USD", "about"),
        ("40 cargoes of soybeans", "40", "40", "cargo", None),
        ("47 fishermen", "47", "47", "fisherman", None),
        ("4.5 million soles", "4.5 million soles", "4500000", "PEN", None),
        ("2 million Egyptian pounds", "2 million Egyptian pounds", "2000000", "EGP", None),
        ("70 million New Zealand dollars", "70 million New Zealand dollars", "70000000", "NZD", None),
        ("3 billion CFA francs", "3 billion CFA francs", "3000000000", "CFA franc", None),
        ("300 million pesos", "300 million", "300000000", "peso", None),
        ("155mm shells", None, None, None, None),
        ("two years", None, None, None, None),
        ("the 2016 election", None, None, None, None),
        ("oil", None, None, None, None),
        ("one of them", None, None, None, None),
        ("", None, None, None, None),
    ],
)
def test_quantities(phrase: str, text: str | None, value: str | None, unit: str | None, bound: str | None) -> None:
    found = parse(phrase)
    if text is None:
        assert found is None
    else:
        assert found is not None
        assert (found.text, found.value, found.unit, found.bound) == (text, value, unit, bound)
        assert phrase[found.start : found.end] == text


@given(
    st.text()
    | st.lists(st.sampled_from("a 3 $3 half million dozen of 40 to 50 % tonnes and more than".split())).map(" ".join)
)
def test_any_text(text: str) -> None:
    found = parse(text)
    assert found is None or text[found.start : found.end] == found.text


def test_money_of_a_common_name_is_that_of_the_state_that_the_text_is_written_from() -> None:
    found = {nation: parse("300 million pesos", [nation]) for nation in ("Chilean", "Philippine", "French")}
    assert [one.unit for one in found.values() if one is not None] == ["CLP", "PHP", "peso"]
    foreign = parse("30 million dollars", ["Canadian"])
    assert foreign is not None
    assert foreign.unit == "USD"
