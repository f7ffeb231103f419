#include "tests/contracts/store_walk.h"

#include <fmt/format.h>

namespace parley::testing {

void Walk::Found() {
  for (int i = 0; i < 2; ++i) Apply({PutAccount(true)});
  for (int i = 0; i < 3; ++i) Apply({PutChannel(true)});
  for (int i = 0; i < 4; ++i) Apply({PutPerson(true)});
  for (int i = 0; i < 4; ++i) Apply({PutChat()});
  Apply({PutSubscription(true)});
  Apply({AppendEvent()});
  Apply({PutMessage()});
}

void Walk::Step() {
  std::vector<Write> writes;
  if (Chance(4)) {
    writes.push_back(Alone());
  } else {
    for (std::size_t i = 1 + Below(12); i > 0; --i) writes.push_back(Any());
  }
  // Refused ones among them: they must take nothing of the others with them.
  while (Chance(2))
    writes.insert(writes.begin() + static_cast<std::ptrdiff_t>(Below(writes.size() + 1)),
                  Refused());
  Apply(std::move(writes));
}

void Walk::Apply(std::vector<Write> writes) {
  std::vector<std::optional<Result<void>>> results(writes.size());
  std::vector<StoreUnderTest::Job> jobs;
  for (std::size_t i = 0; i < writes.size(); ++i) {
    jobs.push_back([run = writes[i].run, &result = results[i]](core::Store& store) -> base::Task<> {
      return [](core::Store& to, std::function<Result<void>(Transaction&)> closure,
                std::optional<Result<void>>& out) -> base::Task<> {
        out.emplace(co_await to.Write(std::move(closure)));
      }(store, run, result);
    });
  }
  store_.RunAll(std::move(jobs));
  for (std::size_t i = 0; i < writes.size(); ++i) {
    if (!results[i])
      fault_ = "a write did not end";
    else if (writes[i].fails == results[i]->has_value())
      fault_ = writes[i].fails ? "a write should have been refused" : results[i]->error().detail;
    else if (!writes[i].fails)
      writes[i].apply();
  }
}

void Walk::Check(const std::vector<Query>& queries, bool on_writer) {
  if (!fault_.empty()) return;
  std::vector<std::string> answers;
  const auto ask = [&queries, &answers](const Transaction& tx) -> Result<void> {
    answers.clear();
    for (const Query& query : queries) answers.push_back(query.ask(tx));
    return {};
  };
  const auto run = [on_writer, ask](core::Store& store) -> base::Task<> {
    return [](core::Store& from, bool write,
              std::function<Result<void>(const Transaction&)> closure) -> base::Task<> {
      if (write)
        (void)co_await from.Write(std::move(closure));
      else
        (void)co_await from.Read(std::move(closure));
    }(store, on_writer, ask);
  };
  store_.RunAll({run});
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (i < answers.size() && answers[i] == queries[i].expected) continue;
    fault_ = fmt::format("{}{}\nexpected:\n{}\nanswer:\n{}", queries[i].what,
                         on_writer ? " (asked on the writer)" : "", queries[i].expected,
                         i < answers.size() ? answers[i] : "(none)");
    return;
  }
}

}  // namespace parley::testing
