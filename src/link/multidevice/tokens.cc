#include "link/multidevice/tokens.h"

#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint32_t kBytesField = 1, kGivenField = 2, kOwnGivenField = 3;
constexpr std::size_t kMaxTokens = 8;

RecordName TokenNameOf(const Who& who) { return RecordName(kTokenSpace, who.jid().Text()); }

std::int64_t WeekOf(base::Time time) { return base::ToUnixMs(time) / kTokenWeek.count(); }

}  // namespace

bool IsGood(const Token& token, base::Time now) {
  return !token.bytes.empty() && WeekOf(now) - WeekOf(token.given_at) < kTokenWeeks;
}

std::string Tokens::Encode(const Kept& kept) {
  wire::binary::FieldWriter writer;
  writer.Bytes(kBytesField, kept.theirs.bytes);
  writer.Number(kGivenField, static_cast<std::uint64_t>(base::ToUnixMs(kept.theirs.given_at)));
  writer.Number(kOwnGivenField, static_cast<std::uint64_t>(base::ToUnixMs(kept.own_given_at)));
  return writer.Take();
}

wire::Result<Tokens::Kept> Tokens::Decode(std::string_view bytes) {
  Kept kept;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return kept;
    if (field->number == kBytesField) {
      PARLEY_TRY(value, field->Bytes());
      kept.theirs.bytes = value;
    } else if (field->number == kGivenField || field->number == kOwnGivenField) {
      PARLEY_TRY(at, field->Number());
      (field->number == kGivenField ? kept.theirs.given_at : kept.own_given_at) =
          base::FromUnixMs(static_cast<std::int64_t>(at));
    }
  }
}

base::Task<base::Result<Tokens::Kept>> Tokens::Find(Who who) {
  PARLEY_CO_TRY(record, co_await ledger_.ReadOne(TokenNameOf(who)));
  Kept kept;
  if (record)
    if (auto read = Decode(*record)) kept = std::move(*read);
  co_return std::move(kept);
}

base::Task<base::Result<std::optional<std::string>>> Tokens::Of(Who who) {
  PARLEY_CO_TRY(kept, co_await Find(who));
  if (!IsGood(kept.theirs, scheduler_.Now())) co_return std::optional<std::string>();
  co_return std::optional(std::move(kept.theirs.bytes));
}

base::Task<base::Result<void>> Tokens::Keep(Unit& unit, Who who, Token token) {
  PARLEY_CO_TRY(kept, co_await Find(who));
  kept.theirs = std::move(token);
  unit.Put(TokenNameOf(who), Encode(kept));
  co_return base::Result<void>();
}

base::Task<base::Result<bool>> Tokens::IsOwnDue(Who who) {
  PARLEY_CO_TRY(kept, co_await Find(who));
  co_return WeekOf(scheduler_.Now()) != WeekOf(kept.own_given_at);
}

base::Task<base::Result<void>> Tokens::NoteOwnGiven(Unit& unit, Who who) {
  PARLEY_CO_TRY(kept, co_await Find(who));
  kept.own_given_at = scheduler_.Now();
  unit.Put(TokenNameOf(who), Encode(kept));
  co_return base::Result<void>();
}

Node GiveToken(const Jid& to, base::Time now) {
  Node token("token", {{"jid", to.Text()},
                       {"t", std::to_string(base::ToUnixSeconds(now))},
                       {"type", "trusted_contact"}});
  Node::Children tokens;
  tokens.push_back(std::move(token));
  Node::Children children;
  children.push_back(Node("tokens", {}, std::move(tokens)));
  return Node("iq", {{"to", "s.whatsapp.net"}, {"type", "set"}, {"xmlns", "privacy"}},
              std::move(children));
}

std::vector<Token> TokensIn(const Node& notification, base::Time now) {
  std::vector<Token> tokens;
  const Node* list = notification.FindChild("tokens");
  if (list == nullptr) return tokens;
  for (const Node& child : list->children()) {
    const std::string_view bytes = child.data();
    if (child.tag != "token" || child.Find("type") != "trusted_contact" || bytes.empty() ||
        bytes.size() > kMaxTokenBytes || tokens.size() == kMaxTokens)
      continue;
    tokens.push_back(Token{std::string(bytes), TimeIn(child, "t", now)});
  }
  return tokens;
}

}  // namespace parley::link::multidevice
