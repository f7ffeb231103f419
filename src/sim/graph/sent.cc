#include "sim/graph/sent.h"

#include <vector>

namespace parley::sim::graph {
namespace {

constexpr std::string_view kSentPrefix = "sent/";

std::string SentName(std::string_view wamid) {
  return std::string(kSentPrefix) + std::string(wamid);
}

}  // namespace

std::optional<SentRecord> SentBook::Find(std::string_view wamid) const {
  const std::string* kept = keep_.Find(SentName(wamid));
  if (kept == nullptr) return std::nullopt;
  auto read = base::DecodeText<SentRecord>(*kept);
  if (!read) return std::nullopt;
  return std::move(*read);
}

void SentBook::Put(std::string_view wamid, const SentRecord& record) {
  keep_.Set(SentName(wamid), base::EncodeText(record));
}

void SentBook::Remove(std::string_view wamid) { keep_.Set(SentName(wamid), ""); }

void SentBook::Visit(const Visitor& visit) const {
  keep_.Visit(kSentPrefix, [&](std::string_view name, std::string_view value) {
    const auto read = base::DecodeText<SentRecord>(value);
    if (read) visit(name.substr(kSentPrefix.size()), *read);
  });
}

void SentBook::VisitUnsettled(std::string_view number,
                              const std::function<void(std::string_view wamid)>& visit) const {
  std::vector<std::string> found;
  Visit([&](std::string_view wamid, const SentRecord& record) {
    if (!record.settled && record.number == number) found.emplace_back(wamid);
  });
  for (const std::string& wamid : found) visit(wamid);
}

}  // namespace parley::sim::graph
