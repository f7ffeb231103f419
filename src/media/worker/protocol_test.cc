#include "media/worker/protocol.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "media/worker/packet.h"

namespace parley::media::worker {
namespace {

Answer FullAnswer() {
  Answer answer;
  answer.output = Output::kOpus;
  answer.facts.width = 512;
  answer.facts.height = 256;
  answer.facts.duration_ms = 1234;
  answer.facts.waveform = std::string(126, '0') + "64";
  answer.facts.pages = 3;
  answer.facts.title = "A title, \"quoted\"";
  answer.thumbnail = "/9j/4A==";
  answer.is_cut = true;
  return answer;
}

TEST(Protocol, IsReadAsItWasWritten) {
  Request request;
  request.operation = Operation::kSpeech;
  request.max_output = 1 << 20;
  request.max_memory = 1 << 30;
  request.max_seconds = 45;
  request.keep_place = true;
  request.longest_ms = 600'000;
  const auto read = DecodeRequest(Encode(request));
  ASSERT_TRUE(read);
  EXPECT_EQ(Encode(*read), Encode(request));
  EXPECT_LE(Encode(request).size(), kMaxRequest);
  const auto answer = DecodeAnswer(Encode(FullAnswer()));
  ASSERT_TRUE(answer);
  EXPECT_EQ(Encode(*answer), Encode(FullAnswer()));
}

TEST(Protocol, TakesNothingElseFromAWorker) {
  const auto refused = [](const std::string& text) { return !DecodeAnswer(text); };
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused("{}"));
  EXPECT_TRUE(refused(R"({"output":"script","facts":{}})"));
  EXPECT_TRUE(refused(R"({"output":"nothing","facts":{},"refusal":"no idea"})"));
  EXPECT_TRUE(refused(R"({"output":"nothing","facts":{"width":-1}})"));
  EXPECT_TRUE(refused(R"({"output":"nothing","facts":{"duration_ms":9e18}})"));
  Answer answer = FullAnswer();
  answer.facts.waveform = "00";
  EXPECT_TRUE(refused(Encode(answer))) << "too few bars";
  answer.facts.waveform = std::string(126, '0') + "65";
  EXPECT_TRUE(refused(Encode(answer))) << "louder than the loudest";
  answer = FullAnswer();
  answer.facts.title = "one\ntwo";
  EXPECT_TRUE(refused(Encode(answer)));
  answer = FullAnswer();
  answer.text = "\x1b[2J";
  EXPECT_TRUE(refused(Encode(answer)));
  answer = FullAnswer();
  answer.thumbnail = "<script>";
  EXPECT_TRUE(refused(Encode(answer)));
  answer.thumbnail = std::string(kMaxThumbnail + 4, 'A');
  EXPECT_TRUE(refused(Encode(answer)));
  EXPECT_TRUE(
      refused(R"({"output":"nothing","facts":{},"x":")" + std::string(kMaxAnswer, 'x') + "\"}"));
}

TEST(Protocol, TakesNoRequestWithoutLimits) {
  EXPECT_FALSE(DecodeRequest(R"({"operation":"image"})"));
  EXPECT_FALSE(
      DecodeRequest(R"({"operation":"format","max_output":1,"max_memory":1,"max_seconds":1})"));
  EXPECT_FALSE(
      DecodeRequest(R"({"operation":"image","max_output":1,"max_memory":0,"max_seconds":1})"));
  EXPECT_TRUE(
      DecodeRequest(R"({"operation":"image","max_output":1,"max_memory":1,"max_seconds":1})"));
}

TEST(Packet, BringsItsFiles) {
  int ends[2];
  ASSERT_EQ(::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
  Descriptor ours(ends[0]), theirs(ends[1]);
  int pipe[2];
  ASSERT_EQ(::pipe(pipe), 0);
  JobFiles files;
  files.input = Descriptor(pipe[0]);
  files.output = Descriptor(::dup(pipe[1]));
  files.answer = Descriptor(pipe[1]);
  ASSERT_TRUE(Send(ours.get(), "hello", files));
  files = JobFiles();
  auto packet = Receive(theirs.get());
  ASSERT_TRUE(packet);
  EXPECT_EQ(packet->bytes, "hello");
  EXPECT_EQ(::write(packet->files.answer.get(), "x", 1), 1);
  char read = 0;
  EXPECT_EQ(::read(packet->files.input.get(), &read, 1), 1);
  EXPECT_EQ(read, 'x');

  ASSERT_EQ(::send(ours.get(), "no files", 8, 0), 8);
  EXPECT_FALSE(Receive(theirs.get()));
  ours.Close();
  EXPECT_FALSE(Receive(theirs.get()));
}

}  // namespace
}  // namespace parley::media::worker
