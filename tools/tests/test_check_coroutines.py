"""check_coroutines finds each planted fault and nothing else."""

import unittest

from planting import PlantingTest


def body(text):
    return {"src/core/a.cc": "base::Task<> F() {\n  %s\n}\n" % text}


class Branches(PlantingTest):
    check = "check_coroutines"

    def test_planted(self):
        for fault in (
            "loaded = found ? co_await f() : Result(found.error());",
            "const auto x = g ? Result() : co_await f();",
            "co_return done ? co_await f() : co_await g();",
            "h(found ? co_await f() : Result());",
        ):
            with self.subTest(fault):
                self.expect(body(fault), "src/core/a.cc:2: branch:")

    def test_clean(self):
        for fine in (
            "co_await f(connected ? kLong : pause);",
            "const bool x = co_await f() ? a : b;",
            "x = found ? a : b; y = co_await f();",
        ):
            with self.subTest(fine):
                self.expect_clean(body(fine))


class Temporaries(PlantingTest):
    check = "check_coroutines"

    def test_planted(self):
        for fault in (
            'co_await f(Options{"a", "b"});',
            'co_await f(Options{.a = "x"});',
            'co_await f({"a", "b", 1});',
            'const auto x = co_await g(1, std::vector<C>{C("a")});',
            'co_return co_await f(Options{"a"});',
            'PARLEY_CO_TRY(x, co_await f(Options{"a"}));',
            'PARLEY_CO_CHECK(co_await f({}));',
            'if (co_await f(Options{"a"})) g();',
            'for (int i = 0; co_await f(Options{"a"}); ++i) g();',
            'while (!co_await f({"a"})) g();',
            'auto x = h(Options{"a"}, co_await f());',
            'Outcome outcome{1, co_await f()};',
            'co_await Suspend([this, name](Resume r) { hold(name, std::move(r)); });',
            'co_await Run([text = std::move(text)] { return text; });',
            'co_await Run([&] { return text; });',
        ):
            with self.subTest(fault):
                self.expect(body(fault), "src/core/a.cc:2: temporary:")

    def test_over_several_lines(self):
        self.expect({"src/core/a.cc": """\
            base::Task<> F() {
              co_await store.Write(
                  first,
                  Options{
                      "a", "b"});
            }
            """}, "src/core/a.cc:4: temporary:")

    def test_inside_a_lambda_and_a_template(self):
        self.expect({"src/core/a.h": """\
            template <class T>
            class A {
              Task<T> F() {
                auto g = [] () -> Task<> { co_await h({1}); };
                co_return co_await g();
              }
            };
            """}, "src/core/a.h:4: temporary:")

    def test_clean(self):
        for good in (
            'Options options{"a", "b"};\n  co_await f(std::move(options));',
            'auto wait = [this, name](Resume r) { };\n  co_await Suspend(std::move(wait));',
            'co_await Suspend([this](Resume r) { waiting_.push_back(std::move(r)); });',
            'co_await Suspend([](Resume r) { g(Options{"a"}); });',
            'for (auto& x : std::exchange(all_, {})) co_await x->Stop();',
            'for (const char* text : {"one", "two"}) co_await writer.Write(text);',
            'if (co_await f()) { g(Options{"a"}); }',
            'auto& [a, b] = co_await f();',
            'co_return base::Error{kCode, "text"};',
            'g(Options{"a"});\n  co_await f();',
            '// co_await f(Options{"a"});\n  co_await f("Options{1}");',
            'x[key] = co_await f(y[0]);',
            '// coroutine-ok: trivially copyable\n  co_await f(Point{1, 2});',
        ):
            with self.subTest(good):
                self.expect_clean(body(good))


class Lambdas(PlantingTest):
    check = "check_coroutines"

    def test_planted(self):
        for fault in (
            "auto f = [this]() -> Task<> { co_await g(); };",
            "Spawn([x]() -> Task<> { if (x) { co_return; } }());",
            "run = [&](Writer& w) -> base::Task<> { for (;;) { co_await w.Write(x); } };",
        ):
            with self.subTest(fault):
                self.expect({"src/core/a.cc": "void F() {\n  %s\n}\n" % fault},
                            "src/core/a.cc:2: lambda:")

    def test_clean(self):
        for good in (
            "auto f = []() -> Task<> { co_await g(); };",
            "auto f = [this] { return G(); };",
            "auto f = [this] { Spawn([]() -> Task<> { co_return; }()); };",
            "// coroutine-ok: the server keeps the object\n  auto f = [x]() -> Task<> { co_return; };",
        ):
            with self.subTest(good):
                self.expect_clean({"src/core/a.cc": "void F() {\n  %s\n}\n" % good})

    def test_tests_keep_their_lambdas(self):
        self.expect_clean({"src/core/a_test.cc": "void F() {\n  Await([&]() -> Task<> { co_return; });\n}\n"})


class References(PlantingTest):
    check = "check_coroutines"

    def test_planted(self):
        for fault in (
            "base::Task<> F(const std::string& name);",
            "base::Task<base::Result<std::vector<int>>> F(std::string_view name);",
            "base::Task<> F(int a, std::span<char> buffer);",
            "virtual Task<bool> F(Thing&& thing) = 0;",
            "HandlerResult F(const Call& call);",
        ):
            with self.subTest(fault):
                self.expect({"src/core/a.h": fault + "\n"}, "src/core/a.h:1: reference:")

    def test_clean(self):
        for good in (
            "base::Task<> F(std::string name);",
            "base::Task<> F(Store& store);",
            "// `name` outlives the call.\nbase::Task<> F(std::string_view name);",
            "base::Result<void> F(const std::string& name);",
        ):
            with self.subTest(good):
                self.expect_clean({"src/core/a.h": good + "\n"})

    def test_the_declaration_documents_the_definition(self):
        files = {
            "src/core/a.h": "class A {\n  // The name outlives the call.\n  Task<> F(std::string_view n);\n};\n",
            "src/core/a.cc": "Task<> A::F(std::string_view n) { co_return; }\n",
        }
        self.expect_clean(files)
        files["src/core/a.h"] = "class A {\n  Task<> F(std::string_view n);\n};\n"
        self.expect(files, "src/core/a.h:2: reference:")


class Nothing(PlantingTest):
    check = "check_coroutines"

    def test_no_files_is_a_failure(self):
        code, lines = self.run_check({})
        self.assertEqual(code, 1)
        self.assertIn("no file to check", lines[-1])


if __name__ == "__main__":
    unittest.main()
