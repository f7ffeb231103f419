"""check_files finds each planted fault and nothing else."""

import unittest

from planting import PlantingTest


def tree(**changes):
    files = {
        ".clang-format": "BasedOnStyle: Google\nColumnLimit: 100\n",
        "src/core/CMakeLists.txt": "parley_library(core\n  SOURCES\n    a.cc\n    deep/b.cc)\n",
        "src/core/a.h": "#pragma once\n",
        "src/core/a.cc": "void F() {}\n",
        "src/core/deep/b.cc": "",
        "benchmarks/CMakeLists.txt": "foreach(tool load sink)\n  add_executable(${tool} ${tool}.cc)\nendforeach()\n",
        "benchmarks/load.cc": "",
        "benchmarks/sink.cc": "",
    }
    files.update(changes)
    return files


class Files(PlantingTest):
    check = "check_files"

    def test_clean(self):
        self.expect_clean(tree())

    def test_names(self):
        for path in ("src/core/utils.h", "src/core/string_helpers.h", "src/core/misc/x.h",
                     "tests/impl.h", "tools/common.py"):
            with self.subTest(path):
                code, lines = self.run_check(tree(**{path: "#pragma once\n"}))
                self.assertEqual(code, 1)
                self.assertRegex("\n".join(lines), r"(?m)^%s:1: name:" % path.replace("/x.h", ""))
        self.expect_clean(tree(**{"src/core/implementation_notes.h": "#pragma once\n",
                                  "src/core/commonly.h": "#pragma once\n"}))

    def test_pragma_once(self):
        self.expect(tree(**{"src/core/x.h": "// #pragma once\n"}), "src/core/x.h:1: once:")

    def test_every_source_is_listed(self):
        self.expect(tree(**{"src/core/x.cc": ""}), "src/core/x.cc:1: cmake: no CMakeLists.txt names it")
        self.expect(tree(**{"benchmarks/x.cc": ""}), "benchmarks/x.cc:1: cmake:")
        self.expect(tree(**{"tests/CMakeLists.txt": "# x.cc\n", "tests/x.cc": ""}), "tests/x.cc:1: cmake:")

    def test_what_is_listed_is_there(self):
        self.expect(tree(**{"tests/CMakeLists.txt": "parley_test(t SOURCES gone.cc)\n"}),
                    "tests/CMakeLists.txt:1: cmake: gone.cc is not there")

    def test_no_globs(self):
        self.expect(tree(**{"tests/CMakeLists.txt": "\nfile(GLOB all *.cc)\n"}),
                    "tests/CMakeLists.txt:2: cmake:")

    def test_marks(self):
        self.expect(tree(**{"src/core/a.h": "#pragma once\n// TO" "DO: finish\n"}),
                    "src/core/a.h:2: mark:")
        self.expect(tree(**{"tests/CMakeLists.txt": "# FIX" "ME\n"}), "tests/CMakeLists.txt:1: mark:")

    def test_pages(self):
        self.expect_clean(tree(**{
            "README.md": "[a](docs/a.md#top) [b](https://x.test/) `core/a.h`\n",
            "docs/a.md": "[up](../README.md) `src/core/a.h` `core/*.h`\n```\n[x](gone.md)\n```\n",
        }))
        self.expect(tree(**{"docs/a.md": "\n[b](b.md)\n"}), "docs/a.md:2: link: no b.md")
        self.expect(tree(**{"README.md": "see `core/gone.cc`\n"}), "README.md:1: link: no core/gone.cc")

    def test_format(self):
        self.expect(tree(**{"src/core/a.cc": "void F() {}\nvoid   G( ) {}\nvoid   H( ) {}\n"}),
                    "src/core/a.cc:2: format:")

    def test_length_is_a_question(self):
        code, lines = self.run_check(tree(**{"src/core/a.h": "#pragma once\n" + "// x\n" * 450}))
        self.assertEqual(code, 0)
        self.assertEqual(len(lines), 2)
        self.assertIn("question: src/core/a.h has 451 lines", lines[0])

    def test_no_files_is_a_failure(self):
        code, lines = self.run_check({})
        self.assertEqual(code, 1)
        self.assertIn("no file to check", lines[-1])


if __name__ == "__main__":
    unittest.main()
