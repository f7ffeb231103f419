#include "sim/network/marks.h"

#include "sim/network/ledger.h"

namespace parley::sim::network {
namespace {

// The modifier's content and who sent it.
template <class Kind>
base::Result<std::pair<std::string, Kind>> Read(Ledger& ledger, Serial modifier) {
  PARLEY_TRY(record, ledger.Message(modifier));
  const auto* content = std::get_if<Kind>(&record->message.content);
  if (content == nullptr) return base::Error(base::ErrorCode::kInternal);
  return std::pair(record->message.from, *content);
}

}  // namespace

base::Result<Marks> MarksOf(Ledger& ledger, Serial message) {
  Marks marks;
  const auto found = ledger.state().marks.find(ledger.state().messages.FirstOf(message));
  if (found == ledger.state().marks.end()) return marks;
  const MarkSerials& serials = found->second;
  marks.deleted = serials.deletion != Serial();
  if (serials.edit != Serial()) {
    PARLEY_TRY(edit, Read<EditContent>(ledger, serials.edit));
    marks.edited = std::move(edit.second.body);
  }
  for (const auto& [person, serial] : serials.reactions) {
    PARLEY_TRY(reaction, Read<ReactionContent>(ledger, serial));
    if (!reaction.second.emoji.empty())
      marks.reactions.push_back(
          Reaction{std::move(reaction.first), std::move(reaction.second.emoji)});
  }
  for (const auto& [person, serial] : serials.votes) {
    PARLEY_TRY(vote, Read<VoteContent>(ledger, serial));
    if (!vote.second.options.empty())
      marks.votes.push_back(Vote{std::move(vote.first), std::move(vote.second.options)});
  }
  return marks;
}

}  // namespace parley::sim::network
