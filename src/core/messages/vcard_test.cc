#include "core/messages/vcard.h"

#include <gtest/gtest.h>

namespace parley::core {
namespace {

TEST(VCard, HoldsEveryField) {
  ContactCard card;
  card.formatted_name = "Lord Adam John Smith Junior";
  card.first_name = "Adam";
  card.last_name = "Smith";
  card.middle_name = "John";
  card.prefix = "Lord";
  card.suffix = "Junior";
  card.birthday = "2012-08-18";
  card.org = ContactCard::Organisation{"WhatsApp", "Design", "Manager"};
  card.phones.emplace() = {ContactCard::Phone{"+1 (940) 555-1234", "HOME", "19405551234"}};
  card.emails.emplace() = {ContactCard::Email{"test@fb.com", "WORK"}};
  card.urls.emplace() = {ContactCard::Url{"https://www.facebook.com", "WORK"}};
  card.addresses.emplace() = {ContactCard::PostalAddress{"1 Hacker Way", "Menlo Park", "CA",
                                                         "94025", "United States", "us", "HOME"}};
  EXPECT_EQ(VCardOf(card),
            "BEGIN:VCARD\nVERSION:3.0\nN:Smith;Adam;John;Lord;Junior\n"
            "FN:Lord Adam John Smith Junior\nORG:WhatsApp;Design\nTITLE:Manager\n"
            "BDAY:2012-08-18\nTEL;type=HOME;waid=19405551234:+1 (940) 555-1234\n"
            "EMAIL;type=WORK:test@fb.com\nURL;type=WORK:https://www.facebook.com\n"
            "ADR;type=HOME:;;1 Hacker Way;Menlo Park;CA;94025;United States\nEND:VCARD");
}

TEST(VCard, LetsNothingBreakOutOfItsLine) {
  ContactCard card;
  card.formatted_name = "a;b,c\\d\r\nEND:VCARD";
  card.phones = {{"1", "HOME:evil\n;x", std::nullopt}};
  EXPECT_EQ(VCardOf(card),
            "BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:a\\;b\\,c\\\\d\\nEND:VCARD\n"
            "TEL;type=HOMEevilx:1\nEND:VCARD");
}

TEST(VCard, IsReadBack) {
  ContactCard card;
  card.formatted_name = "Smith; Adam, jr. \\ \nsecond line";
  card.first_name = "A;dam";
  card.last_name = "Smith";
  card.org = ContactCard::Organisation{"Parley", "Design", "Manager"};
  card.birthday = "2012-08-18";
  card.phones.emplace() = {ContactCard::Phone{"+1 (940) 555-1234", "HOME", "19405551234"},
                           ContactCard::Phone{"112", std::nullopt, std::nullopt}};
  card.emails.emplace() = {ContactCard::Email{"test@example.com", "WORK"}};
  card.urls.emplace() = {ContactCard::Url{"https://example.com", std::nullopt}};
  card.addresses.emplace() = {
      ContactCard::PostalAddress{"1 Way", "Town", "CA", "94025", "Land", std::nullopt, "HOME"}};
  const ContactCard read = ReadVCard(VCardOf(card));
  EXPECT_EQ(VCardOf(read), VCardOf(card));
  EXPECT_EQ(read.formatted_name, card.formatted_name);
  EXPECT_EQ(read.first_name, card.first_name);
  ASSERT_EQ(read.phones->size(), 2u);
  EXPECT_EQ(read.phones->front().wa_id, "19405551234");
  EXPECT_EQ(read.phones->back().wa_id, std::nullopt);
}

TEST(VCard, OfOtherProgramsIsReadToo) {
  const ContactCard card = ReadVCard(
      "BEGIN:VCARD\r\nVERSION:4.0\r\nfn;charset=utf-8:Ann\r\n  Lee\r\n"
      "item1.TEL;type=CELL;type=pref;WAID=15550100:+1 555 0100\r\nitem1.X-ABLabel:Mobile\r\n"
      "EMAIL\r\n:\r\nEND:VCARD");
  EXPECT_EQ(card.formatted_name, "Ann Lee");
  ASSERT_TRUE(card.phones);
  EXPECT_EQ(card.phones->front().phone, "+1 555 0100");
  EXPECT_EQ(card.phones->front().type, "CELL");
  EXPECT_EQ(card.phones->front().wa_id, "15550100");
  EXPECT_FALSE(card.emails);
}

TEST(VCard, HasABoundedNumberOfEntries) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "TEL:1\n";
  EXPECT_EQ(ReadVCard(text).phones->size(), kMaxCardEntries);
}

}  // namespace
}  // namespace parley::core
