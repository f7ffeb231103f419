#include "sim/wire/cards.h"

#include <gtest/gtest.h>

namespace parley::sim::wire {
namespace {

TEST(Cards, ReadsWhatItWrites) {
  net::ContactCard card;
  card.formatted_name = "Carol; Smith, \\ Jr\nII";
  card.first_name = "Carol";
  card.last_name = "Smith";
  card.org.emplace();
  card.org->company = "A, B";
  card.phones.push_back({"+1 555 0100", "HOME", "15550100"});
  card.emails.push_back({"c@example.com", ""});
  card.urls.push_back({"https://example.com/a:b", ""});
  EXPECT_EQ(ReadCard("", WriteCard(card)), card);
}

TEST(Cards, ReadsTheFormsOfOthers) {
  const net::ContactCard card =
      ReadCard("Beside",
               "BEGIN:VCARD\r\nVERSION:3.0\r\nitem1.TEL;waid=15550100:+1 555 0100\r\n"
               "nonsense\r\n:\r\nN:\r\nEND:VCARD\r\n");
  EXPECT_EQ(card.formatted_name, "Beside");
  ASSERT_EQ(card.phones.size(), 1u);
  EXPECT_EQ(card.phones[0].wa_id, "15550100");
  EXPECT_EQ(ReadCard("x", "").formatted_name, "x");
}

}  // namespace
}  // namespace parley::sim::wire
