"""A file's bytes become records with their physical lines, or one error that names the place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fu_tui.core.errors import NotFound, Refused, UsageError
from fu_tui.exchange.csvfile import MAX_FILE, open_csv, unguard
from tests.exchange.conftest import DATA, Writer


def lines_and_values(path, **options):
    return open_csv(path, **options).records(print)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_physical_whatever_ends_them(write: Writer, end: str) -> None:
    text = end.join(["a,b", "1,2", '"x', 'y",3', "", ",", "4,5"])
    assert lines_and_values(write(text)) == [(2, ["1", "2"]), (3, [f"x{end}y", "3"]), (7, ["4", "5"])]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")],
)
def test_the_encoding_comes_from_the_byte_order_mark_or_is_utf8(
    write: Writer, encoding: str, found: str
) -> None:
    file = open_csv(write("Größe,b\nÄ,1\n", encoding=encoding))
    assert (file.encoding, file.header) == (found, ("Größe", "b"))
    assert [values for _, values in file.records(print)] == [["Ä", "1"]]


def test_utf16_without_a_mark_is_named_not_guessed(write: Writer) -> None:
    path = write("a,b\n1,2\n", encoding="utf-16-le")
    with pytest.raises(UsageError, match=r"NUL characters in its first line.*--encoding utf-16-le"):
        open_csv(path)
    assert lines_and_values(path, encoding="utf-16-le") == [(2, ["1", "2"])]


def test_bytes_that_are_no_utf8_are_named_with_their_line(write: Writer) -> None:
    path = write("a,b\r\n1,2\r\nMüller,3\r\n", encoding="cp1252")
    with pytest.raises(UsageError, match=r"byte 0xFC on line 3 \(byte 12 of the file\).*--encoding cp1252"):
        open_csv(path)
    assert lines_and_values(path, encoding="cp1252")[-1] == (3, ["Müller", "3"])


def test_a_byte_order_mark_beats_the_encoding_that_was_named(write: Writer) -> None:
    assert open_csv(write("a,b\nä,1\n", encoding="utf-8-sig"), encoding="cp1252").header == ("a", "b")


@pytest.mark.parametrize("encoding", ["nonsense", "base64", "rot13"])
def test_an_encoding_that_is_none(write: Writer, encoding: str) -> None:
    with pytest.raises(UsageError, match="No text encoding is called"):
        open_csv(write("a\n1\n"), encoding=encoding)


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a,b,c\n1,2,3\n", ","),
        ("a;b;c\n1,5;2,5;3,5\n", ";"),
        ("name;note\nAcme;call, then mail, then call\nBeta;call, then mail, then call\n", ";"),
        ('a;b\nx;"say ,"",hi"", 1"\nx;"say ,"",hi"", 2"\n', ";"),
        ("a\tb\n1,2\t3\n", "\t"),
        ("a|b|c\n1,2|3|4\n", "|"),
        ("a,b,c\n1,2,3\n1,2\n1,2,3\n1,,\n", ","),
        ("first, last;mail;sum, EUR\nReed;x;1\nShah;y;2\n", ";"),
        ("action,due,note\n" + 'Call,2026-01-02,"one; two;\nthree; four"\n' * 30, ","),
        ("name\nAcme; Inc\n", ","),
        ("a,b;c,d,e\n" + "1,2;3,4,5\n" * 9 + "1,2;3,4\n", ","),
        ("sep=;\na;b\n1;2\n", ";"),
        ('"sep=|"\r\na|b\r\n1|2\r\n', "|"),
    ],
)
def test_the_separator_is_the_one_that_agrees_with_the_header(
    write: Writer, text: str, separator: str
) -> None:
    assert open_csv(write(text)).separator == separator


def test_a_stated_separator_is_no_header(write: Writer) -> None:
    file = open_csv(write("sep=;\n\na;b\n1;2\n"))
    assert file.header == ("a", "b")
    assert file.records(print) == [(4, ["1", "2"])]


def test_the_separator_of_a_long_file_is_found_in_its_beginning(write: Writer) -> None:
    text = "a;b\n" + "Reed, Dana;1\n" * 20_000
    file = open_csv(write(text))
    assert file.separator == ";"
    assert len(file.records(print)) == 20_000


@pytest.mark.parametrize("name", ["leads-100.csv", "maven-crm/sales_pipeline.csv", "maven-crm/products.csv"])
def test_the_real_files_are_comma_separated(name: str) -> None:
    assert open_csv(DATA / name).separator == ","


@pytest.mark.parametrize(
    "text",
    ['a,b\n1,2\n3,"4\n5,6\n7,8\n', 'a,b\n1,2\n3,"4\n5,"6"\n7,8\n', 'a,b\n1,2\n3,"4" x\n'],
)
def test_an_open_quote_is_an_error_that_names_where_its_record_begins(write: Writer, text: str) -> None:
    with pytest.raises(UsageError, match="begins on line 3 a quote is left open"):
        lines_and_values(write(text))


def test_a_field_over_a_mebibyte_is_an_error_that_names_its_record(write: Writer) -> None:
    text = "a,b\n1," + "x" * 1024 * 1024 + "\n2," + "x" * (2 * 1024 * 1024) + "\n"
    with pytest.raises(UsageError, match="begins on line 3 is longer than 1 MiB"):
        lines_and_values(write(text))


def test_a_file_over_fifty_mebibytes_is_refused(write: Writer) -> None:
    path = write("a,b\n")
    with path.open("r+b") as file:
        file.truncate(MAX_FILE + 1)
    with pytest.raises(Refused, match="larger than 50 MiB"):
        open_csv(path)


def test_more_than_a_million_rows_are_refused(write: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fu_tui.exchange.csvfile.MAX_RECORDS", 3)
    assert len(lines_and_values(write("a\n1\n2\n3\n"))) == 3
    with pytest.raises(Refused, match="more than a million rows"):
        lines_and_values(write("a\n1\n2\n3\n4\n"))


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n", "sep=,\n"])
def test_an_empty_file(write: Writer, content: str) -> None:
    with pytest.raises(UsageError, match="is empty"):
        open_csv(write(content))


def test_a_missing_file_and_a_workbook(write: Writer, tmp_path) -> None:
    with pytest.raises(NotFound, match="There is no file"):
        open_csv(tmp_path / "gone.csv")
    with pytest.raises(UsageError, match=r"Excel workbook.*CSV UTF-8"):
        open_csv(write(b"PK\x03\x04rest"))


def test_the_hash_is_of_the_content(write: Writer) -> None:
    assert open_csv(write("a,b\n", "x.csv")).sha256 == open_csv(write("a,b\n", "y.csv")).sha256
    assert open_csv(write("a,b\n", "x.csv")).sha256 != open_csv(write("a,b\r\n", "y.csv")).sha256


@pytest.mark.parametrize(
    ("cell", "meant"),
    [("'=1+1", "=1+1"), ("'-2237", "-2237"), ("-2237", "-2237"), ("'tis", "'tis"), ("''=x", "'=x"), ("'", "'")],
)  # fmt: skip
def test_the_formula_guard_comes_off_once(cell: str, meant: str) -> None:
    assert unguard(cell) == meant


@given(st.text(alphabet="'=+-@\t\rab", max_size=6))
def test_what_an_export_guards_comes_back_whole(cell: str) -> None:
    guarded = f"'{cell}" if cell.lstrip("'")[:1] in tuple("=+-@\t\r") else cell
    assert unguard(guarded) == cell
