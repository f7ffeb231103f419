// 2Chat's bodies about one channel, its users and one message. The vendor's pages name these routes
// and the members of a single message; the other members are ours.
#pragma once

#include "api/twochat/schema.h"

namespace parley::api::twochat {

struct User {
  std::string uuid, name, account_uuid, role = "owner", created_at;
  static constexpr auto Fields() {
    using U = User;
    return FieldList(Required("uuid", &U::uuid), Required("name", &U::name),
                     Required("account_uuid", &U::account_uuid), Required("role", &U::role),
                     Required("created_at", &U::created_at));
  }
};

// An account has one user: itself.
struct UserList {
  bool success = true;
  std::vector<User> users;
  static constexpr auto Fields() {
    return FieldList(Required("success", &UserList::success), Required("users", &UserList::users));
  }
};

struct CreateChannelBody {
  std::optional<std::string> friendly_name, phone_number;
  static constexpr auto Fields() {
    using B = CreateChannelBody;
    return FieldList(Optional("friendly_name", &B::friendly_name, MaxLength(120)),
                     Optional("phone_number", &B::phone_number, MaxLength(40),
                              Doc("The number that will be paired")));
  }
};

struct ChannelReply {
  bool success = true;
  Number channel;
  static constexpr auto Fields() {
    return FieldList(Required("success", &ChannelReply::success),
                     Required("channel", &ChannelReply::channel));
  }
};

struct ChannelStatus {
  bool success = true;
  std::string channel_uuid;
  std::optional<std::string> phone_number;
  std::string status, connection_status;
  std::optional<std::string> reason;
  static constexpr auto Fields() {
    using S = ChannelStatus;
    return FieldList(Required("success", &S::success), Required("channel_uuid", &S::channel_uuid),
                     Optional("phone_number", &S::phone_number, NullWhenAbsent()),
                     Required("status", &S::status,
                              Doc("ready, disconnected, qr-received, loading or initializing")),
                     Required("connection_status", &S::connection_status, Doc("C, D or F")),
                     Optional("reason", &S::reason, NullWhenAbsent()));
  }
};

struct QrReply {
  bool success = true;
  std::string channel_uuid;
  std::string qr_code;  // a PNG as data URI
  std::string qr;       // the text that the picture holds
  static constexpr auto Fields() {
    using R = QrReply;
    return FieldList(Required("success", &R::success), Required("channel_uuid", &R::channel_uuid),
                     Required("qr_code", &R::qr_code), Required("qr", &R::qr));
  }
};

struct SingleMessage {
  std::string uuid, session_key;
  MessagePayload message;
  std::string created_at;
  std::optional<std::string> remote_phone_number;
  std::string channel_phone_number, sent_by;
  bool is_from_api = false, is_from_agent = false;
  bool never = false;  // there are no flows and no chatters here
  std::string wa_msg_id;
  std::int64_t wa_msg_ack = 0;
  bool sent = false;
  static constexpr auto Fields() {
    using M = SingleMessage;
    return FieldList(
        Required("id", &M::uuid), Required("uuid", &M::uuid),
        Required("session_key", &M::session_key), Required("message", &M::message),
        Required("created_at", &M::created_at),
        Optional("remote_phone_number", &M::remote_phone_number, NullWhenAbsent()),
        Required("channel_phone_number", &M::channel_phone_number),
        Required("sent_by", &M::sent_by), Required("is_from_flow_run", &M::never),
        Required("is_from_api", &M::is_from_api), Required("is_from_chatter", &M::never),
        Required("is_from_agent", &M::is_from_agent), Required("wa_msg_id", &M::wa_msg_id),
        Required("wa_msg_ack", &M::wa_msg_ack, Doc("0 created, 1 sent, 2 received, 3 read")),
        Required("sent", &M::sent));
  }
};

struct SingleMessageReply {
  bool success = true;
  SingleMessage message;
  static constexpr auto Fields() {
    return FieldList(Required("success", &SingleMessageReply::success),
                     Required("message", &SingleMessageReply::message));
  }
};

}  // namespace parley::api::twochat
