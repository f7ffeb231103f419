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

}  // namespace
}  // namespace parley::core
