// What is remembered of each message that a business sent: whom it went to, and what the statuses
// of it bring back. It is written before the network gets the message, so that a status can always
// say whose it is.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/fields.h"
#include "sim/graph/layers.h"
#include "sim/network/billing.h"
#include "sim/network/keep.h"

namespace parley::sim::graph {

struct SentRecord {
  std::string number, to;             // the node, and the recipient's digits
  std::optional<std::string> opaque;  // biz_opaque_callback_data
  bool settled = false;               // the network's answer is known and has been told
  base::Time at;
  std::optional<net::BilledConversation> billed;  // of one that the network took

  static constexpr auto Fields() {
    using base::Required;
    using R = SentRecord;
    return base::FieldList(Required("number", &R::number), Required("to", &R::to),
                           base::Optional("opaque", &R::opaque), Required("settled", &R::settled),
                           Required("at", &R::at), base::Optional("billed", &R::billed));
  }
};

// Thread: that of the network.
class SentBook {
 public:
  explicit SentBook(net::Keep& keep) : keep_(keep) {}

  std::optional<SentRecord> Find(std::string_view wamid) const;
  void Put(std::string_view wamid, const SentRecord& record);
  void Remove(std::string_view wamid);
  using Visitor = std::function<void(std::string_view wamid, const SentRecord& record)>;
  void Visit(const Visitor& visit) const;
  // Of a number, those whose answer is not known.
  void VisitUnsettled(std::string_view number,
                      const std::function<void(std::string_view wamid)>& visit) const;

 private:
  net::Keep& keep_;
};

}  // namespace parley::sim::graph
