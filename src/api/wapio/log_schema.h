// Wapio's bodies of a session's logs. Source of the rows' members: the sister product's
// documentation; those that it does not have (direction, remote_jid, delivery_status, previous
// status, reason, and all of a delivery but its state) are ours.
#pragma once

#include "api/wapio/schema.h"

namespace parley::api::wapio {

struct MessageLog {
  std::string id, whatsapp_session_id, direction, to, from, remote_jid, kind;
  std::string content;          // JSON text
  std::string status;           // in_progress, sent, failed, or received
  std::string delivery_status;  // as in the message's info
  std::optional<std::string> failed_reason;
  std::string created_at, updated_at;
  static constexpr auto Fields() {
    using L = MessageLog;
    return FieldList(
        Required("id", &L::id), Required("whatsapp_session_id", &L::whatsapp_session_id),
        Required("direction", &L::direction, Doc("outgoing or incoming")), Required("to", &L::to),
        Required("from", &L::from),
        Required("remote_jid", &L::remote_jid,
                 Doc("The chat; a newsletter's ends with @newsletter")),
        Required("kind", &L::kind), Required("content", &L::content, Doc("JSON text")),
        Required("status", &L::status, Doc("in_progress, sent, failed or received")),
        Required("delivery_status", &L::delivery_status, Doc("As in the message's info")),
        Optional("failed_reason", &L::failed_reason, NullWhenAbsent()),
        Required("created_at", &L::created_at), Required("updated_at", &L::updated_at));
  }
};

struct MessageLogs {
  std::vector<MessageLog> messages;
  std::optional<std::string> next_cursor;
  static constexpr auto Fields() {
    return FieldList(Required("messages", &MessageLogs::messages),
                     Optional("next_cursor", &MessageLogs::next_cursor, NullWhenAbsent()));
  }
};

struct SessionLog {
  std::string id, whatsapp_session_id, event_type, status, previous_status;
  std::optional<std::string> reason;
  std::string occurred_at;
  static constexpr auto Fields() {
    using L = SessionLog;
    return FieldList(
        Required("id", &L::id), Required("whatsapp_session_id", &L::whatsapp_session_id),
        Required("event_type", &L::event_type, Doc("status_change or session_restarted")),
        Required("status", &L::status), Required("previous_status", &L::previous_status),
        Optional("reason", &L::reason, NullWhenAbsent()), Required("occurred_at", &L::occurred_at));
  }
};

struct SessionLogs {
  std::vector<SessionLog> events;
  std::optional<std::string> next_cursor;
  static constexpr auto Fields() {
    return FieldList(Required("events", &SessionLogs::events),
                     Optional("next_cursor", &SessionLogs::next_cursor, NullWhenAbsent()));
  }
};

struct DeliveryLog {
  std::string id, event, status;
  std::int64_t attempts = 0;
  std::optional<std::int64_t> response_status;
  std::optional<std::string> error;
  std::int64_t duration_ms = 0;
  std::optional<std::string> next_attempt_at, finished_at;
  static constexpr auto Fields() {
    using L = DeliveryLog;
    constexpr NullWhenAbsent null;
    return FieldList(
        Required("id", &L::id), Required("event", &L::event),
        Required("status", &L::status, Doc("pending, delivered or failed")),
        Required("attempts", &L::attempts),
        Optional("response_status", &L::response_status, null, Doc("Of the last attempt")),
        Optional("error", &L::error, null), Required("duration_ms", &L::duration_ms),
        Optional("next_attempt_at", &L::next_attempt_at, null),
        Optional("finished_at", &L::finished_at, null));
  }
};

struct DeliveryLogs {
  std::vector<DeliveryLog> deliveries;
  std::optional<std::string> next_cursor;
  static constexpr auto Fields() {
    return FieldList(Required("deliveries", &DeliveryLogs::deliveries),
                     Optional("next_cursor", &DeliveryLogs::next_cursor, NullWhenAbsent()));
  }
};

}  // namespace parley::api::wapio
