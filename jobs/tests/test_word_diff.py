from jobs.word_diff import Piece, word_diff


def test_word_diff_marks_what_goes_and_what_comes() -> None:
    pieces = word_diff("Codes ten charts a day.", "Codes twelve charts a day or so.")

    assert pieces == [
        Piece("same", "Codes "),
        Piece("gone", "ten"),
        Piece("new", "twelve"),
        Piece("same", " charts a "),
        Piece("gone", "day."),
        Piece("new", "day or so."),
    ]


def test_word_diff_of_equal_texts_is_one_piece() -> None:
    assert word_diff("Same.\nText.", "Same.\nText.") == [Piece("same", "Same.\nText.")]


def test_word_diff_of_nothing_is_nothing() -> None:
    assert word_diff("", "") == []
