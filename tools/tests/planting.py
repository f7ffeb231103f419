"""Runs a check on a small tree of files made for one test."""

import contextlib
import importlib.machinery
import importlib.util
import io
import pathlib
import sys
import tempfile
import textwrap
import unittest
from unittest import mock

TOOLS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOOLS))


def load(check):
    """The script as a module; it has no suffix that Python knows."""
    loader = importlib.machinery.SourceFileLoader(check, str(TOOLS / check))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(check, loader))
    loader.exec_module(module)
    return module


class PlantingTest(unittest.TestCase):
    """A test of the check named `check`."""

    check = ""

    def run_check(self, files):
        """Plants {path: text} and runs the check: its exit code and the lines it printed."""
        with tempfile.TemporaryDirectory() as folder:
            for path, text in files.items():
                target = pathlib.Path(folder) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(textwrap.dedent(text), encoding="utf-8")
            printed = io.StringIO()
            with mock.patch.object(sys, "argv", [self.check, "--root", folder]):
                with contextlib.redirect_stdout(printed):
                    code = load(self.check).main()
        return code, printed.getvalue().splitlines()

    def expect_clean(self, files):
        code, lines = self.run_check(files)
        self.assertEqual((code, lines[:-1]), (0, []))

    def expect(self, files, *starts):
        """Exactly these violations, each by the beginning of its line."""
        code, lines = self.run_check(files)
        self.assertEqual(code, 1)
        found = lines[:-1]
        self.assertEqual(len(found), len(starts), found)
        for line, start in zip(sorted(found), sorted(starts)):
            self.assertTrue(line.startswith(start), "%r does not begin with %r" % (line, start))
