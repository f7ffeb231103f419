"""check_layers finds each planted fault and nothing else."""

import unittest

from planting import PlantingTest

HEADER = "#pragma once\n"


def tree(**changes):
    """A small tree without faults, with changes: its paths with / and . written as __ and _."""
    files = {
        "src/base/a.h": HEADER,
        "src/base/CMakeLists.txt": "parley_library(base DEPS fmt::fmt SOURCES a.cc)\n",
        "src/core/b.h": HEADER + '#include "base/a.h"\n',
        "src/core/b.cc": '#include "core/b.h"\n',
        "src/core/CMakeLists.txt": "parley_library(core\n  DEPS parley_base\n  SOURCES b.cc)\n",
        "src/http/c.h": HEADER + '#include "base/a.h"\n#include <boost/asio/ip/tcp.hpp>\n',
        "src/http/test_c.h": HEADER,
        "src/http/c_test.cc": '#include "http/test_c.h"\n#include "tests/support/world.h"\n',
        "src/api/wapio/d.h": HEADER,
        "src/api/twochat/d.cc": '#include "core/b.h"\n',
        "src/app/e.h": HEADER + '#include "api/wapio/d.h"\n#include "core/b.h"\n',
    }
    files.update(changes)
    return files


class Layers(PlantingTest):
    check = "check_layers"

    def plant(self, path, text, *starts):
        self.expect(tree(**{path: text}), *starts)

    def test_clean(self):
        self.expect_clean(tree())

    def test_outward_include(self):
        self.plant("src/base/x.cc", '\n#include "core/b.h"\n', "src/base/x.cc:2: include:")
        self.plant("src/core/x.cc", '#include "http/c.h"\n', "src/core/x.cc:1: include:")
        self.plant("src/http/x.cc", '#  include "core/b.h"\n', "src/http/x.cc:1: include:")

    def test_nobody_includes_app(self):
        self.plant("src/core/x.cc", '#include "app/e.h"\n',
                   'src/core/x.cc:1: include: "app/e.h": nobody includes app')

    def test_dialects_keep_apart(self):
        self.plant("src/api/twochat/x.cc", '#include "api/wapio/d.h"\n',
                   'src/api/twochat/x.cc:1: include: "api/wapio/d.h": dialects never')

    def test_path_from_the_root(self):
        self.plant("src/core/x.cc", '#include "b.h"\n', "src/core/x.cc:1: include: there is no")

    def test_generated_protobufs(self):
        include = '#include "proto/m.pb.h"\n'
        self.expect_clean(tree(**{"proto/m.proto": "", "src/link/multidevice/x.cc": include}))
        self.plant("src/link/multidevice/x.cc", include, "src/link/multidevice/x.cc:1: include: there is no .proto")
        self.expect(tree(**{"proto/m.proto": "", "src/core/x.cc": include}),
                    'src/core/x.cc:1: include: "proto/m.pb.h": core may include')

    def test_unknown_folder(self):
        self.plant("src/stuff/x.cc", "", "src/stuff/x.cc:1: layer:")
        self.plant("src/api/x.cc", "", "src/api/x.cc:1: layer:")

    def test_tests_stay_outside(self):
        self.plant("src/core/x.cc", '#include "tests/support/world.h"\n', "src/core/x.cc:1: test:")
        self.plant("src/http/x.cc", '#include "http/test_c.h"\n', "src/http/x.cc:1: test:")

    def test_foreign_headers_have_owners(self):
        self.plant("src/core/x.cc", "#include <sqlite3.h>\n", "src/core/x.cc:1: outside:")
        self.plant("src/core/x.cc", "#include <boost/asio/post.hpp>\n", "src/core/x.cc:1: outside:")
        self.plant("src/base/x.cc", "#include <boost/asio/ip/tcp.hpp>\n", "src/base/x.cc:1: outside:")

    def test_headers_in_a_circle(self):
        self.expect(tree(**{
            "src/core/x.h": HEADER + '#include "core/y.h"\n',
            "src/core/y.h": HEADER + '#include "core/x.h"\n',
        }), "src/core/x.h:2: cycle: core/x.h -> core/y.h -> core/x.h")

    def test_cmake(self):
        cmake = "src/core/CMakeLists.txt"
        self.plant(cmake, "parley_library(core DEPS parley_base parley_http SOURCES b.cc)\n",
                   cmake + ":1: cmake: core depends on parley_http")
        self.plant(cmake, "\nparley_library(core SOURCES b.cc)\n",
                   cmake + ":2: cmake: DEPS lack parley_base")
        self.plant(cmake, "parley_library(heart DEPS parley_base SOURCES b.cc)\n",
                   cmake + ":1: cmake: parley_library(heart)")
        self.plant(cmake, "parley_library(core DEPS parley_base parley_stuff SOURCES b.cc)\n",
                   cmake + ":1: cmake: parley_stuff is no layer")

    def test_no_files_is_a_failure(self):
        code, lines = self.run_check({})
        self.assertEqual(code, 1)
        self.assertIn("no file to check", lines[-1])


if __name__ == "__main__":
    unittest.main()
