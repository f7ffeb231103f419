#include "speech/endpoint.h"

#include <gtest/gtest.h>

namespace parley::speech {
namespace {

using core::TranscriptionFault;

core::Hearing Read(int status, std::string body, std::string retry_after = "") {
  http::ClientResponse answer;
  answer.status = status;
  answer.body = std::move(body);
  if (!retry_after.empty()) answer.headers.Set("Retry-After", retry_after);
  return ReadAnswer(answer);
}

TEST(ReadAnswer, TakesTextAndLanguage) {
  const core::Hearing hearing = Read(200, R"({"text": "\n Hi there ", "language": "en", "x": 1})");
  EXPECT_FALSE(hearing.fault);
  EXPECT_EQ(hearing.text, "Hi there");
  EXPECT_EQ(hearing.language, "en");
}

TEST(ReadAnswer, MakesNothingUp) {
  for (const char* body :
       {R"({"text": ""})", R"({"text": " \n"})", R"({"text": "[BLANK_AUDIO]"})"}) {
    const core::Hearing hearing = Read(200, body);
    EXPECT_EQ(hearing.fault, TranscriptionFault::kNoSpeech) << body;
  }
}

TEST(ReadAnswer, TellsWhatIsNoAnswer) {
  for (const char* body : {"", "Hello", "[]", "{}", R"({"text": 1})", R"({"text": "x)", "\"text\""})
    EXPECT_EQ(Read(200, body).fault, TranscriptionFault::kBadAnswer) << body;
  http::ClientResponse cut;
  cut.status = 200;
  cut.body = R"({"text": "x"})";
  cut.truncated = true;
  EXPECT_EQ(ReadAnswer(cut).fault, TranscriptionFault::kBadAnswer);
}

TEST(ReadAnswer, KnowsWhichRefusalsPass) {
  const struct {
    int status;
    TranscriptionFault fault;
  } kCases[] = {
      {503, TranscriptionFault::kUnavailable}, {500, TranscriptionFault::kUnavailable},
      {429, TranscriptionFault::kUnavailable}, {408, TranscriptionFault::kUnavailable},
      {401, TranscriptionFault::kRefused},     {404, TranscriptionFault::kRefused},
      {302, TranscriptionFault::kRefused},     {413, TranscriptionFault::kTooLong},
      {415, TranscriptionFault::kUndecodable},
  };
  for (const auto& [status, fault] : kCases) {
    const core::Hearing hearing = Read(status, "");
    EXPECT_EQ(hearing.fault, fault) << status;
    EXPECT_EQ(hearing.detail, "HTTP " + std::to_string(status));
  }
}

TEST(ReadAnswer, KeepsWhatARefusalSaysAndForHowLong) {
  EXPECT_EQ(Read(401, R"({"error": {"message": "No\nsuch key"}})").detail, "HTTP 401: No such key");
  EXPECT_EQ(Read(500, R"({"error": "failed to read WAV"})").detail, "HTTP 500: failed to read WAV");
  EXPECT_EQ(Read(500, R"({"error": ")" + std::string(5000, 'a') + "\"}").detail.size(), 210u);
  EXPECT_EQ(Read(429, "", "90").retry_after, base::Duration(std::chrono::seconds(90)));
  EXPECT_FALSE(Read(429, "", "-1").retry_after);
  EXPECT_FALSE(Read(429, "", "soon").retry_after);
}

}  // namespace
}  // namespace parley::speech
