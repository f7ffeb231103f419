#include "speech/child.h"

#include <gtest/gtest.h>

#include <csignal>
#include <thread>

namespace parley::speech {
namespace {

using Command = std::vector<std::string>;

TEST(Children, GiveTheirInputAndTakeTheirOutput) {
  Children children;
  const std::string input(200'000, 'x');
  const auto ended = children.Run(Command{"/bin/cat"}, input);
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->exit_code, 0);
  EXPECT_EQ(ended->output, input);
}

TEST(Children, TellHowTheyEnded) {
  Children children;
  const auto failed = children.Run(Command{"/bin/sh", "-c", "exit 3"}, "");
  ASSERT_TRUE(failed);
  EXPECT_EQ(failed->exit_code, 3);
  const auto died = children.Run(Command{"/bin/sh", "-c", "kill -SEGV $$"}, "");
  ASSERT_TRUE(died);
  EXPECT_EQ(died->signal, SIGSEGV);
  EXPECT_EQ(died->exit_code, -1);
  EXPECT_FALSE(children.Run(Command{"/nowhere/parley-speech-worker"}, ""));
}

// Neither what does not read its input nor what never stops writing holds anybody up.
TEST(Children, AreNotWaitedForInVain) {
  Children children;
  const auto deaf = children.Run(Command{"/bin/true"}, std::string(1'000'000, 'x'));
  ASSERT_TRUE(deaf);
  EXPECT_EQ(deaf->exit_code, 0);
  const auto talker = children.Run(Command{"/usr/bin/yes"}, "");
  ASSERT_TRUE(talker);
  EXPECT_EQ(talker->signal, SIGKILL);
  EXPECT_EQ(talker->output, "");
}

TEST(Children, SeeNothingOfTheGateway) {
  Children children;
  const auto ended = children.Run(
      Command{"/bin/sh", "-c", "for f in /proc/self/fd/*; do echo ${f##*/}; done; echo $HOME"}, "");
  ASSERT_TRUE(ended);
  // The shell reads the folder with one more.
  EXPECT_EQ(ended->output, "0\n1\n2\n3\n\n");
}

TEST(Children, EndWithStop) {
  Children children;
  base::Result<ChildOutcome> ended = ChildOutcome();
  std::thread waiting([&] {
    ended = children.Run(Command{"/bin/sh", "-c", "exec tail -f /dev/null"}, "");
  });
  children.Stop();
  waiting.join();
  // It was killed, or had not been started.
  EXPECT_TRUE(!ended || ended->signal == SIGKILL);
  EXPECT_FALSE(children.Run(Command{"/bin/true"}, ""));
}

}  // namespace
}  // namespace parley::speech
