// The whole table of steps, written down a second time: a row per status, a column per report.
#include <gtest/gtest.h>

#include "core/messages/message.h"

namespace parley::core {
namespace {

using enum MessageStatus;

// In the columns' order. A: becomes it, with an event; r: kept in the history only; -: refused.
constexpr MessageStatus kColumns[] = {kQueued, kSent,        kDelivered, kRead,   kPlayed,
                                      kFailed, kUnconfirmed, kReceived,  kEdited, kDeleted};
struct Row {
  MessageStatus current;
  std::string_view steps;
};
// clang-format off
constexpr Row kTable[] = {
    //             QSDRPFUIED
    {kQueued,      "-AAAAAA---"},
    {kSent,        "-rAAAA--rA"},
    {kDelivered,   "-rrAA---rA"},
    {kRead,        "-rrrA---rA"},
    {kPlayed,      "-rrrr----A"},
    {kFailed,      "-----r----"},
    {kUnconfirmed, "-AAAAAr---"},
    {kReceived,    "---AA--rrA"},
    {kEdited,      "----------"},
    {kDeleted,     "----------"},
};
// clang-format on

char Letter(StatusStep step) {
  switch (step) {
    case StatusStep::kAdvance:
      return 'A';
    case StatusStep::kRecord:
      return 'r';
    case StatusStep::kRefuse:
      return '-';
  }
  return '?';
}

TEST(StatusTable, SaysWhatEachReportDoesToEachStatus) {
  static_assert(std::size(kColumns) == kMessageStatusNames.rows.size());
  static_assert(std::size(kTable) == kMessageStatusNames.rows.size());
  for (const Row& row : kTable) {
    std::string steps;
    for (const MessageStatus reported : kColumns) steps += Letter(StepFor(row.current, reported));
    EXPECT_EQ(steps, row.steps) << NameOf(row.current);
  }
}

// Whatever comes in whatever order, a message never goes back: otherwise a subscriber would be told
// "delivered" after "read".
TEST(StatusTable, NeverGoesBack) {
  for (const MessageStatus first : kColumns)
    for (const MessageStatus second : kColumns) {
      if (StepFor(first, second) != StatusStep::kAdvance) continue;
      EXPECT_NE(StepFor(second, first), StatusStep::kAdvance)
          << NameOf(first) << " " << NameOf(second);
    }
}

TEST(IsSending, HoldsOnceInEveryLife) {
  for (const MessageStatus first : {kQueued, kUnconfirmed})
    for (const MessageStatus now : {kSent, kDelivered, kRead, kPlayed})
      EXPECT_TRUE(IsSending(first, now));
  EXPECT_FALSE(IsSending(kQueued, kFailed));
  EXPECT_FALSE(IsSending(kQueued, kUnconfirmed));
  EXPECT_FALSE(IsSending(kSent, kDelivered));
  EXPECT_FALSE(IsSending(kReceived, kRead));
}

TEST(Message, TellsWhenItFirstReachedAStatus) {
  Message message;
  message.history = {
      {kSent, base::FromUnixMs(1)}, {kRead, base::FromUnixMs(3)}, {kRead, base::FromUnixMs(2)}};
  EXPECT_EQ(message.FirstAt(kRead), base::FromUnixMs(3));
  EXPECT_EQ(message.FirstAt(kDelivered), std::nullopt);
}

}  // namespace
}  // namespace parley::core
