"""Products are spelled as their list spells them, and never turned into another product."""

from __future__ import annotations

from fu_tui.exchange.products import Products


def listed(*names: str) -> Products:
    products = Products()
    for name in names:
        products.add(name)
    return products


def test_case_spaces_and_hyphens_are_forgiven() -> None:
    products = listed("GTX Pro", "GTX Plus Pro")
    assert [products.read(word)[0] for word in ("GTXPro", "gtx-pro", "GTX  Pro", "GTXPlusPro")] == [
        "GTX Pro",
        "GTX Pro",
        "GTX Pro",
        "GTX Plus Pro",
    ]


def test_letters_digits_and_signs_are_not() -> None:
    products = listed("GTX Pro", "C")
    for word in ("GTX Por", "GTX Pro 2", "C++", "C#"):
        assert products.read(word) == (
            word,
            f"product “{word}” kept, though the list of products does not have it",
        )


def test_two_products_that_differ_by_a_hyphen_stay_two() -> None:
    products = listed("A-1", "A1")
    assert [products.read(word)[0] for word in ("A-1", "a1", "A 1")] == ["A-1", "A1", "A 1"]


def test_without_a_list_everything_is_known() -> None:
    products = Products()
    assert products.read("GTXPro") == ("GTXPro", "")


def test_a_product_twice_in_the_list_is_one() -> None:
    products = Products()
    assert products.add("GTX Pro")
    assert not products.add("gtx pro")
