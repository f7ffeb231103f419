// Bodies of the routes about channels and operations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/cloud_schema.h"
#include "admin/schema.h"
#include "core/channels/channel.h"

namespace parley::admin {

inline constexpr std::string_view kLinkProfiles[] = {"phone", "business"};

struct NewChannelBody {
  std::optional<std::string> label, phone, link_profile;
  std::optional<core::LinkKind> link;
  std::optional<CloudBody> cloud;
  std::optional<core::ChannelSettings> settings;
  static constexpr auto Fields() {
    using B = NewChannelBody;
    return FieldList(
        Optional("label", &B::label, MaxLength(200)),
        Optional("phone", &B::phone, MaxLength(40), Doc("The number you expect to pair")),
        Optional("link", &B::link, Doc("As --new-channels says when left out")),
        Optional("link_profile", &B::link_profile, OneOf(kLinkProfiles),
                 Doc("phone when left out")),
        Optional("cloud", &B::cloud,
                 Doc("For the link cloud, and only for it: the channel connects at once")),
        Optional("settings", &B::settings));
  }
};

struct ChangedChannelBody {
  std::optional<std::string> label, phone;
  std::optional<core::ChannelSettings> settings;
  static constexpr auto Fields() {
    using B = ChangedChannelBody;
    return FieldList(
        Optional("label", &B::label, MaxLength(200)),
        Optional("phone", &B::phone, MaxLength(40), Doc("Only before the channel is paired")),
        Optional("settings", &B::settings));
  }
};

struct ChannelView {
  std::string channel_id, account_id, label;
  std::optional<std::string> phone;
  std::string code, link, link_profile, state;
  std::optional<std::string> state_reason;
  bool enabled = true;
  core::ChannelSettings settings;
  core::ChannelProfile profile;
  std::string created_at, updated_at;
  std::optional<std::string> connected_at;
  static constexpr auto Fields() {
    using V = ChannelView;
    return FieldList(
        Required("channel_id", &V::channel_id), Required("account_id", &V::account_id),
        Required("label", &V::label), Optional("phone", &V::phone, NullWhenAbsent()),
        Required("code", &V::code, Doc("1MSG's channel id")), Required("link", &V::link),
        Required("link_profile", &V::link_profile), Required("state", &V::state),
        Optional("state_reason", &V::state_reason, NullWhenAbsent()),
        Required("enabled", &V::enabled, Doc("Its owner wants it connected")),
        Required("settings", &V::settings),
        Required("profile", &V::profile, Doc("What the network told once it was paired")),
        Required("created_at", &V::created_at), Required("updated_at", &V::updated_at),
        Optional("connected_at", &V::connected_at, NullWhenAbsent(), Doc("The first time")));
  }
};

struct ChannelList {
  std::vector<ChannelView> channels;
  std::optional<std::string> next;
  static constexpr auto Fields() {
    return FieldList(Required("channels", &ChannelList::channels),
                     Optional("next", &ChannelList::next, NullWhenAbsent()));
  }
};

struct PairBody {
  std::optional<std::string> phone;
  static constexpr auto Fields() {
    return FieldList(Optional("phone", &PairBody::phone, MaxLength(40),
                              Doc("Pair by an 8-character code typed on this phone")));
  }
};

struct PairReply {
  std::optional<std::string> qr, code, expires_at;
  static constexpr auto Fields() {
    return FieldList(Optional("qr", &PairReply::qr, Doc("What the QR code says")),
                     Optional("code", &PairReply::code),
                     Optional("expires_at", &PairReply::expires_at,
                              Doc("When the network takes it no longer; of a QR text, another one "
                                  "is on offer by then, until pairing ends")));
  }
};

struct StateView {
  std::string at, state;
  std::optional<std::string> reason;
  std::string previous;
  static constexpr auto Fields() {
    using V = StateView;
    return FieldList(Required("at", &V::at), Required("state", &V::state),
                     Optional("reason", &V::reason, NullWhenAbsent()),
                     Required("previous", &V::previous, Doc("The state before it")));
  }
};

struct ChannelHistory {
  std::vector<StateView> history;
  std::optional<std::int64_t> next;
  static constexpr auto Fields() {
    return FieldList(Required("history", &ChannelHistory::history),
                     Optional("next", &ChannelHistory::next, NullWhenAbsent(),
                              Doc("`before` of the next page")));
  }
};

struct OperationView {
  std::string operation_id, account_id;
  std::optional<std::string> channel_id;
  std::string type, state;
  std::optional<std::string> error;
  std::string enqueued_at;
  std::optional<std::string> started_at, finished_at;
  static constexpr auto Fields() {
    using V = OperationView;
    return FieldList(
        Required("operation_id", &V::operation_id), Required("account_id", &V::account_id),
        Optional("channel_id", &V::channel_id, NullWhenAbsent()), Required("type", &V::type),
        Required("state", &V::state), Optional("error", &V::error, NullWhenAbsent()),
        Required("enqueued_at", &V::enqueued_at),
        Optional("started_at", &V::started_at, NullWhenAbsent()),
        Optional("finished_at", &V::finished_at, NullWhenAbsent()));
  }
};

}  // namespace parley::admin
