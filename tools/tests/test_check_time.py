"""check_time finds each planted fault and nothing else."""

import unittest

from planting import PlantingTest


class Rules(PlantingTest):
    check = "check_time"

    def test_planted(self):
        for rule, fault in (
            ("clock", "auto now = std::chrono::system_clock::now();"),
            ("clock", "auto now = steady_clock :: now();"),
            ("clock", "auto now = std::time(nullptr);"),
            ("clock", "time_t now = time(NULL);"),
            ("clock", "gettimeofday(&tv, nullptr);"),
            ("clock", "clock_gettime(CLOCK_REALTIME, &ts);"),
            ("wait", "std::this_thread::sleep_for(std::chrono::seconds(1));"),
            ("wait", "usleep(5);"),
            ("wait", "::sleep(5);"),
            ("wait", "boost::asio::steady_timer timer(io);"),
            ("random", "std::random_device seed;"),
            ("random", "std::mt19937_64 engine(1);"),
            ("random", "int x = rand();"),
            ("random", "int x = std::rand();"),
            ("random", "getrandom(buffer, 16, 0);"),
            ("random", "RAND_bytes(buffer, 16);"),
            ("random", "randombytes_buf(buffer, 16);"),
            ("random", "std::uniform_int_distribution<int> pick(0, 9);"),
        ):
            for path in ("src/core/a.cc", "src/http/a_test.cc", "tests/a.cc"):
                with self.subTest(fault + path):
                    self.expect({path: "void F() {\n  %s\n}\n" % fault}, "%s:2: %s:" % (path, rule))

    def test_clean(self):
        for good in (
            "auto now = scheduler.Now();",
            "co_await scheduler_.Sleep(kPause);",
            "auto at = message.time(0);",
            "base::Random& random() { return random_; }",
            "world.random().Below(3);",
            "// std::time(nullptr) and rand() are forbidden",
            'Log("system_clock::now()");',
            "std::chrono::steady_clock::time_point end;",
            "auto seen = operand(1);",
        ):
            with self.subTest(good):
                self.expect_clean({"src/core/a.cc": "void F() {\n  %s\n}\n" % good})

    def test_only_tests_wait_with_a_deadline(self):
        wait = "void F() {\n  condition.wait_for(lock, limit);\n}\n"
        self.expect({"src/core/a.cc": wait}, "src/core/a.cc:2: wait:")
        self.expect_clean({"src/http/a_test.cc": wait, "tests/support/a.cc": wait})

    def test_owners(self):
        self.expect_clean({
            "src/base/scheduler.cc": "auto now = std::chrono::system_clock::now();\nsteady_timer timer;\n",
            "src/base/random.cc": "std::mt19937_64 engine;\nrandombytes_buf(buffer, 16);\n",
        })
        self.expect({"src/base/scheduler.cc": "std::mt19937_64 engine;\n"},
                    "src/base/scheduler.cc:1: random:")


class Order(PlantingTest):
    check = "check_time"

    def order(self, declaration, use, *starts):
        files = {
            "src/core/a.h": "#pragma once\nclass A {\n  %s\n};\n" % declaration,
            "src/core/a.cc": '#include "core/a.h"\nvoid A::F() {\n  %s\n}\n' % use,
        }
        if starts:
            self.expect(files, *starts)
        else:
            self.expect_clean(files)

    def test_planted(self):
        for declaration, use in (
            ("std::unordered_map<int, std::string> all_;", "for (auto& [key, one] : all_) G(one);"),
            ("std::unordered_set<int> all_;", "for (const int one : this->all_) G(one);"),
            ("absl::flat_hash_map<int, std::vector<int>> all_;", "for (auto& one : all_) G(one);"),
            ("std::unordered_map<int, int> all_;", "for (auto& one : std::exchange(all_, {})) G(one);"),
            ("std::unordered_map<int, int> all_;", "std::vector<int> v(all_.begin(), all_.end());"),
            ("std::set<WorkerPtr> all_;", "for (const WorkerPtr& one : all_) G(one);"),
            ("std::map<Worker*, int> all_;", "for (auto& one : all_) G(one);"),
            ("std::set<std::shared_ptr<Worker>> all_;", "for (auto& one : all_) G(one);"),
        ):
            with self.subTest(declaration):
                self.order(declaration, use, "src/core/a.cc:3: order: all_")

    def test_clean(self):
        for declaration, use in (
            ("std::unordered_map<int, int> all_;", "G(all_.find(3) != all_.end());"),
            ("std::unordered_map<int, std::vector<int>> all_;", "for (int one : all_[3]) G(one);"),
            ("std::unordered_map<int, int> all_;", "for (int i = 0; i < n; ++i) G(all_[i]);"),
            ("std::map<int, int> all_;", "for (auto& one : all_) G(one);"),
            ("std::set<WorkerPtr, ByRow> all_;", "for (auto& one : all_) G(one);"),
            ("std::map<int, Worker*> all_;", "for (auto& one : all_) G(one);"),
            ("std::unordered_map<int, int> all_;",
             "for (auto& one : all_) n += one.second;  // order-ok: a sum"),
            ("std::unordered_map<int, int> all_;",
             "// order-ok: a sum\n  for (auto& one : all_) n += one.second;"),
        ):
            with self.subTest(use):
                self.order(declaration, use)

    def test_an_excuse_needs_a_reason(self):
        self.order("std::unordered_map<int, int> all_;", "for (auto& one : all_) G();  // order-ok:",
                   "src/core/a.cc:3: order: all_")

    def test_no_files_is_a_failure(self):
        code, lines = self.run_check({})
        self.assertEqual(code, 1)
        self.assertIn("no file to check", lines[-1])


if __name__ == "__main__":
    unittest.main()
