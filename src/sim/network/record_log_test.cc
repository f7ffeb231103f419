#include "sim/network/record_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "sim/network/frame.h"
#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::HasSubstr;

std::string Mark() { return std::string(kFileMark); }

// Ann alone, added in one record.
std::string OnePerson() {
  PersonRecord record;
  record.person.number = kAnn;
  record.person.lid = "77001";
  return MakeFrame(EncodeRecord(record));
}

std::string Removed(std::int64_t id) { return MakeFrame(EncodeRecord(FaultRemovedRecord{id})); }

struct Replayed {
  base::Result<void> result;
  std::size_t records = 0;
  std::string left;
};

Replayed Replay(std::string bytes) {
  MemoryLog log(std::move(bytes));
  RecordLog records(log);
  Replayed replayed;
  replayed.result = records.Replay([&](std::uint64_t, const Record&) -> base::Result<void> {
    ++replayed.records;
    return {};
  });
  replayed.left = log.bytes();
  return replayed;
}

std::string WhyNot(const Replayed& replayed) {
  return replayed.result ? "" : std::string(replayed.result.error().public_text());
}

// The checksum was computed by Python's zlib module.
TEST(Frame, IsAsDescribed) {
  EXPECT_EQ(MakeFrame("{}"), std::string("\x02\x00\x00\x00"
                                         "\xdc\x09\x4e\xe9"
                                         "\x01"
                                         "{}",
                                         11));
  EXPECT_EQ(Crc32("123456789"), 0xCBF43926u);  // the check value of CRC-32/ISO-HDLC
}

TEST(RecordLog, AnEmptyFileGetsItsMark) {
  const Replayed replayed = Replay("");
  ASSERT_TRUE(replayed.result);
  EXPECT_EQ(replayed.left, kFileMark);
  EXPECT_EQ(Replay("parley sim").left, kFileMark);  // creation was interrupted
}

TEST(RecordLog, RefusesAForeignFileAndLeavesItAlone) {
  const Replayed replayed = Replay("#!/bin/sh\necho something that is not ours\n");
  EXPECT_THAT(WhyNot(replayed), HasSubstr("at byte 0: this is not a file"));
  EXPECT_THAT(replayed.left, HasSubstr("not ours"));
}

TEST(RecordLog, CutsOffATornTailWhereverItWasTorn) {
  const std::string whole = Mark() + OnePerson() + Removed(1);
  const std::string last = Removed(2);
  for (std::size_t length = 0; length < last.size(); ++length) {
    const Replayed replayed = Replay(whole + last.substr(0, length));
    ASSERT_TRUE(replayed.result) << length;
    EXPECT_EQ(replayed.records, 2u);
    EXPECT_EQ(replayed.left, whole);
  }
}

TEST(RecordLog, CutsOffACorruptTail) {
  const std::string whole = Mark() + OnePerson();
  std::string last = Removed(2);
  last[last.size() - 3] ^= 1;
  EXPECT_EQ(Replay(whole + last).left, whole);
  EXPECT_EQ(Replay(whole + std::string(5000, '\0')).left, whole);
}

TEST(RecordLog, RefusesDamageInTheMiddleAndNamesTheOffset) {
  const std::string first = Mark() + OnePerson();
  for (const std::size_t broken : {0u, 3u, 5u, 8u, 12u}) {
    std::string bytes = first + Removed(1) + Removed(2);
    bytes[first.size() + broken] ^= 0x40;
    const Replayed replayed = Replay(bytes);
    EXPECT_THAT(WhyNot(replayed),
                HasSubstr("at byte " + std::to_string(first.size()) + ": the record is damaged"));
    EXPECT_EQ(replayed.left, bytes);
  }
}

TEST(RecordLog, RefusesWhatItDoesNotUnderstandEvenAtTheEnd) {
  const std::string first = Mark() + OnePerson();
  const std::string at = "at byte " + std::to_string(first.size());
  EXPECT_THAT(WhyNot(Replay(first + MakeFrame(R"({"record":"poll"})"))),
              HasSubstr(at + ": unknown record 'poll'"));
  EXPECT_THAT(WhyNot(Replay(first + MakeFrame(R"({"record":"unlinked","device":"x"})"))),
              HasSubstr(at + ": Validation failed; at: Required"));
  EXPECT_THAT(WhyNot(Replay(first + MakeFrame("[]"))), HasSubstr(at + ": unknown record ''"));
  EXPECT_THAT(WhyNot(Replay(first + MakeFrame("{{"))), HasSubstr(at + ": Invalid JSON"));
  // Another version, with a checksum that is right.
  std::string newer = MakeFrame("{}");
  newer[8] = 2;
  const std::uint32_t crc = Crc32(newer.substr(0, 4) + newer.substr(8));
  for (std::size_t i = 0; i < 4; ++i) newer[4 + i] = static_cast<char>(crc >> (8 * i));
  EXPECT_THAT(WhyNot(Replay(first + newer)), HasSubstr(at + ": written by a newer version (2)"));
}

TEST(RecordLog, RefusesARecordThatDoesNotFitTheOnesBefore) {
  UnlinkedRecord record;
  record.device = "15550001:1";
  MemoryLog log(Mark() + OnePerson() + MakeFrame(EncodeRecord(record)));
  base::VirtualScheduler scheduler(kTestStart);
  const auto random = base::MakeSeededRandom(1);
  const auto media = MakeMemoryMedia();
  const auto network = Network::Open(scheduler, *random, log, *media, {});
  ASSERT_FALSE(network);
  EXPECT_THAT(std::string(network.error().public_text()), HasSubstr("a device that is not linked"));
}

TEST(RecordLog, ReadsBackWhatItWroteWhenItIsNotRecentAnyMore) {
  MemoryLog log;
  RecordLog records(log);
  ASSERT_TRUE(records.Replay([](auto, const auto&) { return base::Result<void>(); }));
  std::vector<std::uint64_t> offsets;
  for (int i = 0; i < 5000; ++i) {
    PersonRecord record;
    record.person.number = std::to_string(100000 + i);
    record.person.push_name = std::string(i % 100 == 0 ? 2000 : 3, 'x');
    offsets.push_back(records.Append(std::make_shared<const Record>(record)).value());
  }
  for (std::size_t i = 0; i < offsets.size(); ++i) {
    const auto record = records.Fetch(offsets[i]);
    ASSERT_TRUE(record);
    EXPECT_EQ(std::get<PersonRecord>(**record).person.number, std::to_string(100000 + i));
  }
}

TEST(RecordLog, WritesNothingThatCouldNotBeReadBack) {
  MemoryLog log;
  RecordLog records(log);
  ASSERT_TRUE(records.Replay([](auto, const auto&) { return base::Result<void>(); }));
  PersonRecord broken;
  broken.person.push_name = "\xC0\xAF";
  EXPECT_FALSE(records.Append(std::make_shared<const Record>(broken)));
  PersonRecord huge;
  huge.person.push_name = std::string(kMaxPayload, 'x');
  EXPECT_FALSE(records.Append(std::make_shared<const Record>(huge)));
  EXPECT_EQ(log.bytes(), kFileMark);
}

class FileLogTest : public testing::Test {
 protected:
  FileLogTest() {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string("parley_sim_") + test->name() + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    path_ = folder_ / "network.log";
  }
  ~FileLogTest() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path folder_, path_;
};

TEST_F(FileLogTest, KeepsBytesAndCutsThem) {
  auto log = OpenFileLog(path_);
  ASSERT_TRUE(log);
  ASSERT_TRUE((*log)->Append("0123456789"));
  ASSERT_TRUE((*log)->Append("abc"));
  EXPECT_EQ((*log)->Read(8, 100).value(), "89abc");
  EXPECT_EQ((*log)->Read(13, 100).value(), "");
  ASSERT_TRUE((*log)->Truncate(11));
  ASSERT_TRUE((*log)->Append("x"));
  log->reset();
  auto again = OpenFileLog(path_);
  EXPECT_EQ((*again)->size(), 12u);
  EXPECT_EQ((*again)->Read(0, 100).value(), "0123456789ax");
}

TEST_F(FileLogTest, IsForOneProcessAtATime) {
  auto log = OpenFileLog(path_);
  ASSERT_TRUE(log);
  const auto second = OpenFileLog(path_);
  ASSERT_FALSE(second);
  EXPECT_THAT(std::string(second.error().public_text()), HasSubstr("another process has it"));
  EXPECT_THAT(second.error().detail, HasSubstr(path_.string()));
  EXPECT_FALSE(OpenFileLog(folder_ / "missing" / "network.log"));
}

TEST_F(FileLogTest, ANetworkLivesOnAfterAnInterruptedWrite) {
  base::VirtualScheduler scheduler(kTestStart);
  const auto random = base::MakeSeededRandom(1);
  const auto media = OpenMediaFolder(folder_ / "media");
  Person person;
  person.number = kAnn;
  {
    const auto log = OpenFileLog(path_);
    auto network = Network::Open(scheduler, *random, **log, **media, {});
    ASSERT_TRUE((*network)->AddPerson(person));
  }
  std::ofstream(path_, std::ios::app | std::ios::binary) << std::string("\x50\0\0\0\x11\x22", 6);
  const auto log = OpenFileLog(path_);
  auto network = Network::Open(scheduler, *random, **log, **media, {});
  ASSERT_TRUE(network);
  EXPECT_TRUE((*network)->IsOnNetwork(kAnn));
  person.number = kBob;
  EXPECT_TRUE((*network)->AddPerson(person));
}

}  // namespace
}  // namespace parley::sim::network
