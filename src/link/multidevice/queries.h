// Queries: <iq> stanzas, their answers and their errors.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/scheduler.h"
#include "base/time.h"
#include "wire/binary/node.h"

namespace parley::link::multidevice {

// The limit for an answer where nothing speaks for another one.
inline constexpr base::Duration kConnectQueryLimit = std::chrono::seconds(60);

// What is left of a limit that several questions share.
class TimeLeft {
 public:
  TimeLeft(const base::Scheduler& scheduler, base::Duration limit)
      : scheduler_(scheduler), end_(scheduler.Monotonic() + limit) {}
  // At least a millisecond.
  base::Duration operator()() const {
    const auto left = std::chrono::ceil<base::Duration>(end_ - scheduler_.Monotonic());
    return std::max(left, base::Duration(1));
  }

 private:
  const base::Scheduler& scheduler_;
  const base::Microseconds end_;
};

enum class QueryKind : std::uint8_t { kGet, kSet };

// <iq type xmlns to="s.whatsapp.net"> with the child; StanzaPort::Ask adds the id.
wire::binary::Node MakeQuery(QueryKind kind, std::string_view xmlns, wire::binary::Node child);

// <iq type="result"> for a query of the network.
wire::binary::Node MakeResult(std::string_view id);
// <iq type="error"><error code text/></iq> for one.
wire::binary::Node MakeError(std::string_view id, int code, std::string_view text);

// <ack class to id [participant] [type]> for a stanza that is no message.
wire::binary::Node MakeAck(const wire::binary::Node& stanza);

struct QueryError {
  int code = 0;  // 0: there was none
  std::string text;
};
// Of an answer with type "error"; nullopt for any other.
std::optional<QueryError> ErrorIn(const wire::binary::Node& answer);

// As the key formats have numbers.
std::string BigEndian(std::uint32_t value, int bytes);

}  // namespace parley::link::multidevice
