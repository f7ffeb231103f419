// 2Chat's bodies about groups, as they stand on the wire.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "api/twochat/schema.h"

namespace parley::api::twochat {

// People of one call, as the vendor's page says.
inline constexpr std::size_t kMaxParticipants = 10;

struct Contact {
  std::string uuid, first_name;
  std::optional<std::string> last_name, channel_uuid, profile_pic_url;
  static constexpr auto Fields() {
    using C = Contact;
    return FieldList(Required("uuid", &C::uuid), Required("first_name", &C::first_name),
                     Optional("last_name", &C::last_name, NullWhenAbsent()),
                     Optional("channel_uuid", &C::channel_uuid, NullWhenAbsent()),
                     Optional("profile_pic_url", &C::profile_pic_url, NullWhenAbsent()));
  }
};

struct ListedGroup {
  std::string uuid, channel_uuid, wa_group_id;
  std::optional<std::string> profile_pic_url, wa_owner_id;
  std::string wa_group_name, wa_created_at, wa_subject;
  std::int64_t size = 0;
  bool is_muted = false, is_read_only = false, channel_is_owner = false;
  std::string created_at, updated_at;
  std::optional<Contact> owner_contact;
  static constexpr auto Fields() {
    using G = ListedGroup;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("uuid", &G::uuid), Required("channel_uuid", &G::channel_uuid),
        Required("wa_group_id", &G::wa_group_id),
        Optional("profile_pic_url", &G::profile_pic_url, null),
        Optional("wa_owner_id", &G::wa_owner_id, null),
        Required("wa_group_name", &G::wa_group_name), Required("wa_created_at", &G::wa_created_at),
        Required("wa_subject", &G::wa_subject), Required("size", &G::size),
        Required("is_muted", &G::is_muted), Required("is_read_only", &G::is_read_only),
        Required("channel_is_owner", &G::channel_is_owner), Required("created_at", &G::created_at),
        Required("updated_at", &G::updated_at), Optional("owner_contact", &G::owner_contact, null));
  }
};

struct GroupList {
  bool success = true;
  std::vector<ListedGroup> data;
  static constexpr auto Fields() {
    return FieldList(Required("success", &GroupList::success), Required("data", &GroupList::data));
  }
};

struct OwnerData {
  std::optional<std::string> phone_number, formatted_phone_number, iso_country_code;
  static constexpr auto Fields() {
    using O = OwnerData;
    constexpr NullWhenAbsent null;
    return FieldList(Optional("phone_number", &O::phone_number, null),
                     Optional("formatted_phone_number", &O::formatted_phone_number, null),
                     Optional("iso_country_code", &O::iso_country_code, null));
  }
};

struct ListedParticipant {
  std::string wa_participant_id;
  std::optional<std::string> wa_pushname, profile_pic_url;
  bool wa_is_super_admin = false, wa_is_admin = false;
  std::optional<std::string> device;  // android, ios, web or null
  std::string created_at, updated_at;
  std::optional<Contact> contact;  // left out for strangers
  std::optional<std::string> phone_number, formatted_phone_number, iso_country_code;
  static constexpr auto Fields() {
    using P = ListedParticipant;
    constexpr NullWhenAbsent null;
    return FieldList(Required("wa_participant_id", &P::wa_participant_id),
                     Optional("wa_pushname", &P::wa_pushname, null),
                     Optional("profile_pic_url", &P::profile_pic_url, null),
                     Required("wa_is_super_admin", &P::wa_is_super_admin),
                     Required("wa_is_admin", &P::wa_is_admin), Optional("device", &P::device, null),
                     Required("created_at", &P::created_at), Required("updated_at", &P::updated_at),
                     Optional("contact", &P::contact),
                     Optional("phone_number", &P::phone_number, null),
                     Optional("formatted_phone_number", &P::formatted_phone_number, null),
                     Optional("iso_country_code", &P::iso_country_code, null));
  }
};

struct NewGroupBody {
  std::string from_number, name;
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = NewGroupBody;
    return FieldList(
        Required("from_number", &B::from_number, MaxLength(40), Doc("A connected number")),
        Required("group_name", &B::name, MaxLength(100), base::Alias("name"),
                 base::Alias("subject")),
        Required("participants", &B::participants, base::MinLength(1), MaxLength(kMaxParticipants),
                 Doc("Numbers")));
  }
};

struct ParticipantsBody {
  std::vector<std::string> participants;
  static constexpr auto Fields() {
    using B = ParticipantsBody;
    return FieldList(Required("participants", &B::participants, base::MinLength(1),
                              MaxLength(kMaxParticipants), base::Alias("phone_numbers"),
                              base::Alias("numbers"), Doc("Numbers")));
  }
};

struct DescriptionBody {
  std::string description;
  static constexpr auto Fields() {
    return FieldList(Required("description", &DescriptionBody::description, MaxLength(2048)));
  }
};

}  // namespace parley::api::twochat
