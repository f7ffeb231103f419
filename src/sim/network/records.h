// The records of the network's file: one struct per kind, and their JSON. Their meaning is
// described in docs/protocol/simulated-network-file.md. A new thing that can happen is a new
// alternative of Record; members of the old ones are only ever added, and never required.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/fields.h"
#include "base/result.h"
#include "sim/network/billing.h"
#include "sim/network/device.h"
#include "sim/network/fault.h"
#include "sim/network/message.h"
#include "sim/network/notice.h"
#include "sim/network/person.h"
#include "sim/network/rows.h"

namespace parley::sim::network {

// Times are kept within these, from 1970 to 9999, so that sums of them stay numbers.
inline constexpr std::int64_t kMaxTimeMs = 253'402'300'799'999;
inline constexpr base::Range kTimeRange(0, kMaxTimeMs);
// A whole group, and as many whom an action concerns.
inline constexpr std::size_t kMaxNoticeRecipients = 2 * kMaxParticipants;
inline constexpr std::size_t kMaxRecipients = std::max(kMaxParticipants, kMaxFollowers);

struct PersonRecord {
  Person person;

  static constexpr std::string_view kName = "person";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("person", &PersonRecord::person));
  }
};

struct DeviceRecord {
  std::string id, number;
  Profile profile = Profile::kPhone;
  base::Time at;
  std::vector<std::int64_t> history;  // earlier messages that it is given, by serial

  static constexpr std::string_view kName = "device";
  static constexpr auto Fields() {
    using base::Required;
    using R = DeviceRecord;
    return base::FieldList(Required("id", &R::id), Required("number", &R::number),
                           Required("profile", &R::profile), Required("at", &R::at, kTimeRange),
                           base::Optional("history", &R::history));
  }
};

struct UnlinkedRecord {
  std::string device;
  base::Time at;

  static constexpr std::string_view kName = "unlinked";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("device", &UnlinkedRecord::device),
                           base::Required("at", &UnlinkedRecord::at, kTimeRange));
  }
};

inline constexpr std::size_t kMaxCopies = 16;

struct RecipientCopies {
  std::string to;                    // a number
  std::vector<base::Time> arrivals;  // at most kMaxCopies

  static constexpr auto Fields() {
    return base::FieldList(
        base::Required("to", &RecipientCopies::to),
        base::Required("arrivals", &RecipientCopies::arrivals, base::MaxLength(kMaxCopies)));
  }
};

struct MessageRecord {
  std::int64_t serial = 0;
  Message message;                    // written as members of the record itself
  std::optional<std::string> device;  // absent: typed on the phone
  std::vector<base::Time> arrivals;   // to a person: at most kMaxCopies
  // To a group or newsletter: one per recipient. The serials of them count on from `serial`; a
  // message to a chat without recipients has one, of a message that never arrives.
  std::vector<RecipientCopies> recipients;
  std::int64_t target = 0;  // the serial of the message that a modifier changes
  std::optional<BilledConversation> conversation;  // by a device of profile business

  static constexpr std::string_view kName = "message";
};

// When the copies of the message with that serial, one of the record's, arrive.
const std::vector<base::Time>& ArrivalsOf(const MessageRecord& record, Serial serial);

struct ArrivedRecord {
  std::int64_t message = 0, copy = 0;
  base::Time at;
  bool phone = false, devices = false;
  std::optional<base::Time> receipt_due;

  static constexpr std::string_view kName = "arrived";
  static constexpr auto Fields() {
    using base::Required;
    using R = ArrivedRecord;
    return base::FieldList(Required("message", &R::message), Required("copy", &R::copy),
                           Required("at", &R::at, kTimeRange), Required("phone", &R::phone),
                           Required("devices", &R::devices),
                           base::Optional("receipt_due", &R::receipt_due, kTimeRange));
  }
};

struct ReadRecord {
  std::int64_t message = 0, row = 0;
  ReceiptStatus status = ReceiptStatus::kRead;
  base::Time at;
  std::optional<base::Time> receipt_due;

  static constexpr std::string_view kName = "read";
  static constexpr auto Fields() {
    using base::Required;
    using R = ReadRecord;
    return base::FieldList(Required("message", &R::message), Required("row", &R::row),
                           Required("status", &R::status), Required("at", &R::at, kTimeRange),
                           base::Optional("receipt_due", &R::receipt_due, kTimeRange));
  }
};

struct ReceiptRecord {
  std::int64_t message = 0, row = 0;
  ReceiptStatus status = ReceiptStatus::kDelivered;
  base::Time at;
  std::optional<std::string> code, text;

  static constexpr std::string_view kName = "receipt";
  static constexpr auto Fields() {
    using base::Optional;
    using base::Required;
    using R = ReceiptRecord;
    return base::FieldList(Required("message", &R::message), Required("row", &R::row),
                           Required("status", &R::status), Required("at", &R::at, kTimeRange),
                           Optional("code", &R::code), Optional("text", &R::text));
  }
};

// Something that devices hear of; what it changes is said by its content.
struct NoticeRecord {
  base::Time at;
  NoticeContent notice;
  std::vector<std::string> to;        // numbers of people, whose devices hear of it
  std::optional<std::string> except;  // the device that does not, because it did it

  static constexpr std::string_view kName = "notice";
  static constexpr auto Fields() {
    using base::Required;
    using R = NoticeRecord;
    return base::FieldList(Required("at", &R::at, kTimeRange), Required("notice", &R::notice),
                           Required("to", &R::to, base::MaxLength(kMaxNoticeRecipients)),
                           base::Optional("except", &R::except));
  }
};

struct AcknowledgedDevice {
  std::string id;
  std::int64_t up_to = 0;

  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &AcknowledgedDevice::id),
                           base::Required("up_to", &AcknowledgedDevice::up_to));
  }
};
struct AcknowledgedRecord {
  std::vector<AcknowledgedDevice> devices;

  static constexpr std::string_view kName = "acknowledged";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("devices", &AcknowledgedRecord::devices));
  }
};

struct FaultRecord {
  std::int64_t id = 0;
  FaultForm rule;

  static constexpr std::string_view kName = "fault";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &FaultRecord::id),
                           base::Required("rule", &FaultRecord::rule));
  }
};

struct FaultUsedRecord {
  std::int64_t id = 0;

  static constexpr std::string_view kName = "fault_used";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &FaultUsedRecord::id));
  }
};

struct FaultRemovedRecord {
  std::int64_t id = 0;

  static constexpr std::string_view kName = "fault_removed";
  static constexpr auto Fields() {
    return base::FieldList(base::Required("id", &FaultRemovedRecord::id));
  }
};

using Record = std::variant<PersonRecord, DeviceRecord, UnlinkedRecord, MessageRecord,
                            ArrivedRecord, ReadRecord, ReceiptRecord, NoticeRecord,
                            AcknowledgedRecord, FaultRecord, FaultUsedRecord, FaultRemovedRecord>;

// {"record": kName, ...}
std::string EncodeRecord(const Record& record);
// An error says what is missing or unknown.
base::Result<Record> DecodeRecord(std::string_view payload);

}  // namespace parley::sim::network
