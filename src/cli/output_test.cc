#include "cli/output.h"

#include <gtest/gtest.h>

#include <sstream>

namespace parley::cli {
namespace {

constexpr Column kColumns[] = {{"NAME", "name"}, {"OK", "ok"}, {"DEEP", "a.b"}, {"N", "n"}};
constexpr const char* kRows =
    R"([{"name": "Zoë", "ok": true, "a": {"b": [1, 2]}, "n": 7},
        {"name": "x\u001b[31my", "ok": false, "a": {"b": []}, "n": null},
        {"name": ""}])";

class OutputTest : public testing::Test {
 protected:
  base::json::value rows_ = base::ParseJson(kRows).value();
  std::ostringstream out_, errors_;
};

TEST_F(OutputTest, TablesLineUpAndCannotSteerTheTerminal) {
  Output(false, out_, errors_).Table(kColumns, rows_.as_array());
  EXPECT_EQ(out_.str(),
            "NAME     OK   DEEP   N\n"
            "Zoë      yes  [1,2]  7\n"
            "x [31my  no   -      -\n"
            "-        -    -      -\n");
}

TEST_F(OutputTest, LongCellsAreCutAtACharacter) {
  std::string name;
  for (int i = 0; i < 61; ++i) name += "ë";
  base::json::array rows = {{{"name", name}}};
  constexpr Column kName[] = {{"NAME", "name"}};
  Output(false, out_, errors_).Table(kName, rows);
  std::string cut;
  for (int i = 0; i < 57; ++i) cut += "ë";
  EXPECT_EQ(out_.str(), "NAME\n" + cut + "...\n");
}

TEST_F(OutputTest, CardsNameInnerMembers) {
  Output(false, out_, errors_).Card(rows_.as_array()[0].as_object());
  EXPECT_EQ(out_.str(), "name  Zoë\nok    yes\na.b   [1,2]\nn     7\n");
}

TEST_F(OutputTest, ForProgramsEverythingIsOneLineOfJson) {
  Output output(true, out_, errors_);
  output.Card(rows_.as_array()[2].as_object());
  output.Table(kColumns, {});
  output.Line("for people");
  EXPECT_EQ(out_.str(), "{\"name\":\"\"}\n[]\n");
  EXPECT_EQ(errors_.str(), "");
}

TEST_F(OutputTest, FailuresListEveryFault) {
  base::Error error(base::ErrorCode::kInvalidFields, "Validation failed");
  error.faults = {{"name", "is required"}, {"burst", "must be\nless"}};
  Output(true, out_, errors_).Failure(error);
  EXPECT_EQ(errors_.str(),
            "parley: Validation failed\n  name: is required\n  burst: must be less\n");
  EXPECT_EQ(out_.str(), "");
}

}  // namespace
}  // namespace parley::cli
