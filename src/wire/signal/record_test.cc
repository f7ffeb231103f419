#include "wire/signal/record.h"

#include <gtest/gtest.h>

#include "wire/binary/protobuf.h"
#include "wire/signal/test_device.h"

namespace parley::wire::signal {
namespace {

// A record with everything in it: archived sessions, missing messages, pending ones.
TEST(Record, ThereAndBack) {
  TestDevice a(1), b(2);
  EXPECT_EQ(EncodeRecord(DecodeRecord(EncodeRecord(Record())).value()), EncodeRecord(Record()));
  for (int session = 0; session < 3; ++session) {
    ASSERT_TRUE(a.Start(b.MakeBundle(session != 1)));
    EXPECT_EQ(EncodeRecord(DecodeRecord(EncodeRecord(a.record())).value()),
              EncodeRecord(a.record()));
    for (int turn = 0; turn < 4; ++turn) {
      a.Send("missing");
      EXPECT_TRUE(b.Receive(a.Send("here")));
      b.Send("missing");
      EXPECT_TRUE(a.Receive(b.Send("here")));
    }
  }
  for (TestDevice* device : {&a, &b}) {
    EXPECT_EQ(device->record().archived.size(), 2u);
    EXPECT_EQ(device->record().current->missing_seeds(), 4u);
    const std::string bytes = EncodeRecord(device->record());
    device->record() = DecodeRecord(bytes).value();
    EXPECT_EQ(EncodeRecord(device->record()), bytes);
  }
  EXPECT_EQ(b.Receive(a.Send("goes on")).value(), "goes on");
  EXPECT_EQ(a.Receive(b.Send("as before")).value(), "as before");
}

// Not even the public key of the ratchet is worked out anew.
TEST(Record, IsTakenAsItWasStored) {
  TestDevice a(1), b(2);
  ASSERT_TRUE(a.Start(b.MakeBundle()));
  EXPECT_EQ(DecodeRecord(EncodeRecord(a.record()))->current->pending->started, TestDevice::kNow);
  const crypto::PublicKey other = b.own().keys.public_key;
  a.record().current->ratchet.public_key = other;
  EXPECT_EQ(DecodeRecord(EncodeRecord(a.record()))->current->ratchet.public_key, other);
}

TEST(Record, RefusesWhatIsNone) {
  TestDevice a(1), b(2);
  ASSERT_TRUE(a.Start(b.MakeBundle()));
  const std::string bytes = EncodeRecord(a.record());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    if (size == 2) continue;  // a version and no session
    EXPECT_FALSE(DecodeRecord(bytes.substr(0, size))) << size;
  }
  EXPECT_EQ(DecodeRecord(binary::FieldWriter().Number(1, 2).Take()).error().code,
            FaultCode::kOldVersion);
  EXPECT_EQ(DecodeRecord("").error().code, FaultCode::kMalformed);
}

TEST(Record, FindsItsSessions) {
  TestDevice a(1), b(2);
  ASSERT_TRUE(a.Start(b.MakeBundle()));
  const auto first = a.record().current->base_key;
  ASSERT_TRUE(a.Start(b.MakeBundle()));
  const auto &theirs = b.own().keys.public_key, &own = a.own().keys.public_key;
  EXPECT_EQ(a.record().Find(first, theirs, own), &a.record().archived[0]);
  EXPECT_EQ(a.record().Find(a.record().current->base_key, theirs, own), &*a.record().current);
  EXPECT_EQ(a.record().Find(first, own, own), nullptr);
  EXPECT_EQ(a.record().Find(first, theirs, theirs), nullptr);
  EXPECT_EQ(a.record().Find(theirs, theirs, own), nullptr);
}

TEST(Record, SeedsAreBoundedOverAllSessions) {
  TestDevice a(1), b(2);
  for (int session = 0; session < 5; ++session) {
    ASSERT_TRUE(a.Start(b.MakeBundle()));
    for (std::uint32_t i = 0; i < kMaxMissing; ++i) a.Send("missing");
    EXPECT_TRUE(b.Receive(a.Send("here")));
  }
  EXPECT_EQ(b.record().archived.size(), kMaxRecordSeeds / kMaxMissing);
}

}  // namespace
}  // namespace parley::wire::signal
