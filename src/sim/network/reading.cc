#include "sim/network/reading.h"

#include <algorithm>
#include <vector>

namespace parley::sim::network {
namespace {

// Messages with one id that are looked at; more than anybody sends by repeating.
constexpr std::size_t kMaxRead = 1000;

// The rows of `inbox`, from 1, that are the message; there are at most `copies`.
std::vector<std::size_t> RowsOf(const std::vector<InboxEntry>& inbox, Serial message,
                                std::size_t copies) {
  std::vector<std::size_t> rows;
  for (std::size_t row = inbox.size(); row > 0 && rows.size() < copies; --row)
    if (inbox[row - 1].message == message) rows.push_back(row);
  std::reverse(rows.begin(), rows.end());
  return rows;
}

base::Result<void> ReadRow(Ledger& ledger, Carrier& carrier, PersonRow reader, std::size_t row,
                           bool played) {
  const InboxEntry entry = ledger.state().people.at(reader).inbox[row - 1];
  if (!entry.read) PARLEY_CHECK(carrier.MarkRead(reader, row, ReceiptStatus::kRead));
  if (played && !entry.played) PARLEY_CHECK(carrier.MarkRead(reader, row, ReceiptStatus::kPlayed));
  return {};
}

}  // namespace

base::Result<std::size_t> ReadById(Ledger& ledger, Carrier& carrier, PersonRow reader,
                                   std::string_view message_id, bool played) {
  const State& state = ledger.state();
  std::vector<Serial> candidates = state.messages.Candidates(message_id, kMaxRead, reader);
  std::reverse(candidates.begin(), candidates.end());
  std::size_t found = 0;
  for (const Serial serial : candidates) {
    PARLEY_TRY(record, ledger.Message(serial));
    if (record->message.id != message_id) continue;
    if (played && !IsPlayable(record->message.content))
      return base::Error(base::ErrorCode::kInvalidState,
                         "Only voice messages can be played and view-once messages opened");
    const auto rows =
        RowsOf(state.people.at(reader).inbox, serial, ArrivalsOf(*record, serial).size());
    for (const std::size_t row : rows) PARLEY_CHECK(ReadRow(ledger, carrier, reader, row, played));
    found += rows.size();
  }
  return found;
}

base::Result<std::size_t> ReadUpTo(Ledger& ledger, Carrier& carrier, PersonRow reader,
                                   std::uint64_t seq) {
  const PersonState& person = ledger.state().people.at(reader);
  std::size_t newly_read = 0;
  for (std::size_t row = person.first_unread + 1; row <= seq && row <= person.inbox.size(); ++row) {
    if (person.inbox[row - 1].read) continue;
    PARLEY_CHECK(carrier.MarkRead(reader, row, ReceiptStatus::kRead));
    ++newly_read;
  }
  return newly_read;
}

}  // namespace parley::sim::network
