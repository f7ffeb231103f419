#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/test_world.h"

namespace parley::sim::network {
namespace {

using testing::ElementsAre;

TEST(People, AreKnownByNumberLidAndUsername) {
  TestWorld world;
  Person dan;
  dan.number = "15550004";
  dan.lid = "77001";
  dan.username = "dan.d";
  dan.platform = Platform::kIphone;
  ASSERT_TRUE(world.network->AddPerson(dan));
  EXPECT_EQ(world.network->FindPerson("15550004").value(), dan);
  EXPECT_EQ(world.network->FindPersonByLid("77001"), dan);
  EXPECT_EQ(world.network->FindPersonByUsername("dan.d"), dan);
  EXPECT_FALSE(world.network->FindPersonByUsername("dan"));
}

TEST(People, ANumberWithoutAPersonIsNotOnTheNetwork) {
  TestWorld world;
  EXPECT_TRUE(world.network->IsOnNetwork(kAnn));
  EXPECT_FALSE(world.network->IsOnNetwork("15559999"));
  EXPECT_EQ(world.network->FindPerson("15559999").error().code, base::ErrorCode::kNotFound);
}

TEST(People, AreFoundByTheOtherSpellingOfTheirNumber) {
  TestWorld world;
  constexpr std::pair<const char*, const char*> kSpellings[] = {
      {"5215617554529", "525617554529"},   // Mexico
      {"541123456789", "5491123456789"},   // Argentina
      {"551187654321", "5511987654321"}};  // Brazil
  for (const auto& [number, other] : kSpellings) {
    Person person;
    person.number = number;
    ASSERT_TRUE(world.network->AddPerson(person));
    EXPECT_EQ(world.network->FindPerson(other)->number, number);
    // Somebody who has just that number comes first.
    person.number = other;
    ASSERT_TRUE(world.network->AddPerson(person));
    EXPECT_EQ(world.network->FindPerson(other)->number, other);
    EXPECT_EQ(world.network->FindPerson(number)->number, number);
  }
  EXPECT_FALSE(world.network->FindPerson("551187654320"));
  EXPECT_FALSE(world.network->FindPerson("551123456789"));  // a landline has one spelling
}

TEST(People, GetALidOfTheirOwnWhenNoneIsGiven) {
  TestWorld world;
  const std::string ann = world.network->FindPerson(kAnn)->lid;
  EXPECT_TRUE(IsLid(ann));
  EXPECT_EQ(ann.size(), 15u);
  EXPECT_NE(ann, world.network->FindPerson(kBob)->lid);
  EXPECT_EQ(ann, TestWorld(2).network->FindPerson(kAnn)->lid);  // chance has no part in it

  // One that is taken is not derived again.
  Person thief, owner;
  thief.number = "15550005";
  thief.lid = DeriveLid("15550006", 0);
  owner.number = "15550006";
  ASSERT_TRUE(world.network->AddPerson(thief));
  ASSERT_TRUE(world.network->AddPerson(owner));
  EXPECT_EQ(world.network->FindPerson("15550006")->lid, DeriveLid("15550006", 1));
}

TEST(People, DoNotShareNumberLidOrUsername) {
  TestWorld world;
  Person same;
  same.number = kAnn;
  EXPECT_EQ(world.network->AddPerson(same).error().code, base::ErrorCode::kAlreadyExists);
  same.number = "15550004";
  same.lid = world.network->FindPerson(kAnn)->lid;
  EXPECT_EQ(world.network->AddPerson(same).error().code, base::ErrorCode::kAlreadyExists);
  PersonChange change;
  change.username = "sam";
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  EXPECT_EQ(world.network->UpdatePerson(kBob, change).error().code,
            base::ErrorCode::kAlreadyExists);
  // A name that was given up is free.
  change.username = "";
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  change.username = "sam";
  EXPECT_TRUE(world.network->UpdatePerson(kBob, change));
}

TEST(People, AllFaultsOfAPersonAreReported) {
  TestWorld world;
  Person person;
  person.number = "0155";
  person.lid = "1";
  person.push_name = std::string(kMaxName + 1, 'x');
  person.username = "No Capitals";
  person.picture = "zz";
  person.verified_level = 3;
  const auto added = world.network->AddPerson(person);
  ASSERT_FALSE(added);
  std::vector<std::string> paths;
  for (const base::FieldFault& fault : added.error().faults) paths.push_back(fault.path);
  EXPECT_THAT(paths,
              ElementsAre("number", "lid", "push_name", "username", "picture", "verified_level"));
}

TEST(People, WhatIsNotChangedStays) {
  TestWorld world;
  PersonChange change;
  change.is_business = true;
  change.verified_name = "Ann's Shop";
  change.verified_level = 2;
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  PersonChange second;
  second.description = "Shoes";
  const Person ann = world.network->UpdatePerson(kAnn, second).value();
  EXPECT_TRUE(ann.is_business);
  EXPECT_EQ(ann.verified_name, "Ann's Shop");
  EXPECT_EQ(ann.verified_level, 2);
  EXPECT_EQ(ann.description, "Shoes");
  EXPECT_EQ(ann.push_name, "Person 15550001");
}

TEST(People, AreListedInTheOrderOfAddingByPages) {
  TestWorld world;
  world.Add("10000");
  const auto numbers = [&](std::string_view after, std::size_t limit) {
    std::vector<std::string> found;
    for (const Person& person : world.network->ListPeople(after, limit).value())
      found.push_back(person.number);
    return found;
  };
  EXPECT_THAT(numbers("", 3), ElementsAre(kAnn, kBob, kCat));
  EXPECT_THAT(numbers(kCat, 3), ElementsAre("10000"));
  EXPECT_THAT(numbers("10000", 3), ElementsAre());
  EXPECT_FALSE(world.network->ListPeople("99999", 3));
}

TEST(People, AHiddenPictureIsShownToWhoeverWasWrittenTo) {
  TestWorld world;
  PersonChange change;
  change.picture = std::string(64, 'a');
  EXPECT_EQ(world.network->UpdatePerson(kAnn, change).error().code,
            base::ErrorCode::kInvalidFields);
  change.picture = world.media->Store("jpeg").value();
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  EXPECT_EQ(world.network->PictureFor(kAnn, kBob).value(), *change.picture);
  change.picture_hidden = true;
  ASSERT_TRUE(world.network->UpdatePerson(kAnn, change));
  EXPECT_EQ(world.network->PictureFor(kAnn, kBob).value(), "");
  world.Type(kBob, kAnn, "who are you?");  // being written to is not enough
  world.Run();
  EXPECT_EQ(world.network->PictureFor(kAnn, kBob).value(), "");
  world.Type(kAnn, kBob, "ann");
  world.Run();
  EXPECT_EQ(world.network->PictureFor(kAnn, kBob).value(), *change.picture);
  EXPECT_EQ(world.network->PictureFor(kAnn, kCat).value(), "");
}

}  // namespace
}  // namespace parley::sim::network
