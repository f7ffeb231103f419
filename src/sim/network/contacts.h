// What people keep about others: the address books of their phones, and whom they block.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/fields.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

inline constexpr std::size_t kMaxContacts = 10'000;  // in one address book
inline constexpr std::size_t kMaxBlocks = 1000;      // by one person

// A row of an address book. The number need not be on the network.
struct Contact {
  std::string number;
  std::string name;  // as the owner wrote it
};

// Notice: a row of the address book of `owner` is from now on like this.
struct ContactChanged {
  std::string owner, number;
  std::string name;  // empty: the row is gone

  static constexpr std::string_view kName = "contact";
  static constexpr auto Fields() {
    using base::Required;
    using C = ContactChanged;
    return base::FieldList(Required("owner", &C::owner), Required("number", &C::number),
                           Required("name", &C::name));
  }
  bool operator==(const ContactChanged&) const = default;
};

// Notice: `owner` blocks that number from now on, or does not any more.
struct BlockChanged {
  std::string owner, number;
  bool blocked = false;

  static constexpr std::string_view kName = "block";
  static constexpr auto Fields() {
    using base::Required;
    using B = BlockChanged;
    return base::FieldList(Required("owner", &B::owner), Required("number", &B::number),
                           Required("blocked", &B::blocked));
  }
  bool operator==(const BlockChanged&) const = default;
};

// What is asked of the network about a number.
struct NumberFacts {
  std::string number;
  bool exists = false;  // what follows is empty when it does not
  std::string lid, push_name, username;
  bool is_business = false;
  bool is_enterprise = false;  // a business that the network has verified
  std::string verified_name;
  std::int64_t verified_level = 0;
  // As the asker sees them: empty when hidden from strangers, or from somebody who is blocked.
  std::string picture, about;
  // The business profile; open to everybody.
  std::string description, address, email, vertical;
  std::vector<std::string> websites;
};

class Contacts {
 public:
  // An empty name removes. False when nothing changed.
  bool Put(PersonRow owner, std::string_view number, std::string_view name);
  const std::string* Find(PersonRow owner, std::string_view number) const;
  // By number, beginning after `after`.
  std::vector<Contact> List(PersonRow owner, std::string_view after, std::size_t limit) const;
  std::size_t Count(PersonRow owner) const;

  bool Block(PersonRow owner, PersonRow other, bool blocked);
  bool Blocks(PersonRow owner, PersonRow other) const { return blocks_.contains({owner, other}); }
  std::vector<PersonRow> BlockedBy(PersonRow owner) const;

 private:
  std::map<PersonRow, std::map<std::string, std::string, std::less<>>> books_;
  std::set<std::pair<PersonRow, PersonRow>> blocks_;
};

}  // namespace parley::sim::network
