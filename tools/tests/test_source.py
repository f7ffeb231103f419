"""The reader of C++ that the checks share."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import source  # noqa: E402


def kinds(code):
    """The kinds of all braces, in order."""
    tree = source.groups(source.blank(code))
    braces = [group for group in source.walk(tree) if group.kind in ("block", "type", "init")]
    return [group.kind for group in sorted(braces, key=lambda group: group.offset)]


class Blanking(unittest.TestCase):
    def test_comments_and_literals_go_and_positions_stay(self):
        code = 'a("x;{"); // {\nb(\'}\'); /* { \n */ c(R"s({")s");'
        blanked = source.blank(code)
        self.assertEqual(len(blanked), len(code))
        self.assertEqual(blanked.count("\n"), code.count("\n"))
        self.assertNotIn("{", blanked)
        self.assertNotIn("}", blanked)
        for word in ("a(", "b(", "c("):
            self.assertEqual(blanked.index(word), code.index(word))

    def test_a_digit_separator_is_no_literal(self):
        self.assertEqual(source.blank("x = 1'000'000; y('{');").count("{"), 0)
        self.assertIn("1'000'000", source.blank("x = 1'000'000; y('{');"))


class Braces(unittest.TestCase):
    def test_types_and_blocks(self):
        self.assertEqual(kinds("namespace a { class B final : public C { void D() const { } }; }"),
                         ["type", "type", "block"])
        self.assertEqual(kinds("enum class E : int { kA };"), ["type"])
        self.assertEqual(kinds("auto f(int a) -> std::vector<int> { return {}; }"), ["block", "init"])
        self.assertEqual(kinds("A::A(int x) : a_(x), b_{x} { if (x) { } else { } }"),
                         ["init", "block", "block", "block"])
        self.assertEqual(kinds("void f() { switch (x) { case 1: { } } do { } while (y); }"),
                         ["block"] * 4)

    def test_lambdas(self):
        self.assertEqual(kinds("auto f = [this] { g(); };"), ["block"])
        self.assertEqual(kinds("auto f = [&](int x) -> base::Result<int> { return x; };"), ["block"])
        self.assertEqual(kinds("f([a]() mutable { g(); });"), ["block"])

    def test_initialisers(self):
        self.assertEqual(kinds("void f() { A a{1}; b = {2}; g({3}); return A{4}; int c[] = {5}; }"),
                         ["block"] + ["init"] * 5)
        self.assertEqual(kinds("void f() { g(A{.x = 1}, std::vector<int>{2}); }"),
                         ["block", "init", "init"])


if __name__ == "__main__":
    unittest.main()
