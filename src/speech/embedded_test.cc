#include "speech/embedded.h"

#include <gtest/gtest.h>

namespace parley::speech {
namespace {

using core::TranscriptionFault;

TEST(ReadHeard, TakesWhatTheWorkerIsSureOf) {
  const core::Hearing hearing = ReadHeard(R"({"text": "hello there", "confidence": 0.9})");
  EXPECT_FALSE(hearing.fault);
  EXPECT_EQ(hearing.text, "hello there");
  EXPECT_EQ(hearing.language, "en-US");
  EXPECT_EQ(ReadHeard(R"({"text": "", "confidence": 0})").fault, TranscriptionFault::kNoSpeech);
  const core::Hearing guess = ReadHeard(R"({"text": "do to do", "confidence": 0.23})");
  EXPECT_EQ(guess.fault, TranscriptionFault::kNoSpeech);
  EXPECT_EQ(guess.text, "");
}

TEST(ReadHeard, TellsWhatIsNoAnswer) {
  for (const char* output : {"", "hello", "[]", R"({"text": "hello"})", R"({"confidence": "1"})"})
    EXPECT_EQ(ReadHeard(output).fault, TranscriptionFault::kUnavailable) << output;
}

}  // namespace
}  // namespace parley::speech
