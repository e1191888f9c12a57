from jobs.wording import is_doubtful, money_words, phone_numbers


def test_money_words_finds_what_a_fraud_asks_for() -> None:
    text = "You will buy the home office equipment and deposit the check. Message us on Telegram."

    assert money_words(text) == ["buy the home office equipment", "deposit the check", "telegram"]


def test_money_words_leaves_a_true_posting_alone() -> None:
    text = "Equipment is provided. We check accuracy monthly and pay for your CEUs and AAPC dues."

    assert money_words(text) == []


def test_phone_numbers_finds_numbers_and_no_code_ranges() -> None:
    text = "Call (614) 555-0134 or 614-555-0199. Codes 74400-74485, 99202-99215."

    assert phone_numbers(text) == ["(614) 555-0134", "614-555-0199"]


def test_is_doubtful_notices_a_host() -> None:
    assert is_doubtful("Apply at coders.example.com")
    assert not is_doubtful("Four tens, Monday to Thursday.")
