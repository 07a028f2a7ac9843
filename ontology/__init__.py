"""What words and kinds mean: terms, shapes, actors and lexica, and the functions that load them."""
