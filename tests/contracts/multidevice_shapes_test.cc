// Whether the stanzas of pairing, of logging in and of uploading keys, and what the link says of
// itself in the handshake, have the parts that those of other clients have
// (tests/support/shapes.h).
#include <gmock/gmock.h>

#include "tests/contracts/multidevice_world.h"
#include "tests/support/shapes.h"

namespace parley::link::multidevice {
namespace {

using ::testing::IsEmpty;
using ::testing::IsSupersetOf;

class MultideviceShapes : public Multidevice {
 protected:
  void CompareAll() {
    for (const auto& visit : network_.visits)
      for (const Node& stanza : visit->heard) book_.Compare(stanza);
  }

  testing::ShapeBook book_;
};

TEST_F(MultideviceShapes, OfPairingAndLoginAreThoseOfOtherClients) {
  LogIn();
  ASSERT_EQ(network_.visits.size(), 2u);
  book_.ComparePayload("registration", network_.visits[0]->payload());
  book_.ComparePayload("login", network_.visits[1]->payload());
  CompareAll();
  EXPECT_THAT(book_.differences, IsEmpty());
  EXPECT_THAT(book_.compared,
              IsSupersetOf({"payload registration", "payload login", "iq result",
                            "iq result pair-device-sign", "iq get encrypt count",
                            "iq set encrypt registration", "iq set passive active"}));
}

TEST_F(MultideviceShapes, OfTheLogOutIsThatOfOtherClients) {
  LogIn();
  auto stop = [](core::ChannelRunner* runner) -> base::Task<bool> {
    co_await runner->Stop(true);
    co_return true;
  };
  world_.Await(stop(runner_.get()));
  runner_.reset();
  CompareAll();
  EXPECT_THAT(book_.differences, IsEmpty());
  EXPECT_THAT(book_.compared, ::testing::Contains("iq set md remove-companion-device"));
}

}  // namespace
}  // namespace parley::link::multidevice
