#include "link/multidevice/tokens.h"

#include "wire/binary/protobuf.h"

namespace parley::link::multidevice {
namespace {

constexpr std::uint32_t kBytesField = 1, kGivenField = 2;
constexpr std::size_t kMaxTokens = 8;

RecordName NameOf(const Who& who) { return RecordName(kTokenSpace, who.jid().Text()); }

std::int64_t WeekOf(base::Time time) { return base::ToUnixMs(time) / kTokenWeek.count(); }

wire::Result<Token> Decode(std::string_view bytes) {
  Token token;
  wire::binary::FieldReader reader(bytes);
  for (;;) {
    PARLEY_TRY(field, reader.Next());
    if (!field) return token;
    if (field->number == kBytesField) {
      PARLEY_TRY(value, field->Bytes());
      token.bytes = value;
    } else if (field->number == kGivenField) {
      PARLEY_TRY(given, field->Number());
      token.given_at = base::FromUnixMs(static_cast<std::int64_t>(given));
    }
  }
}

}  // namespace

bool IsGood(const Token& token, base::Time now) {
  return !token.bytes.empty() && WeekOf(now) - WeekOf(token.given_at) < kTokenWeeks;
}

void KeepToken(Unit& unit, const Who& who, const Token& token) {
  wire::binary::FieldWriter writer;
  writer.Bytes(kBytesField, token.bytes);
  writer.Number(kGivenField, static_cast<std::uint64_t>(base::ToUnixMs(token.given_at)));
  unit.Put(NameOf(who), writer.Take());
}

base::Task<base::Result<std::optional<std::string>>> Tokens::Of(Who who) {
  PARLEY_CO_TRY(kept, co_await ledger_.ReadOne(NameOf(who)));
  if (!kept) co_return std::optional<std::string>();
  auto token = Decode(*kept);
  if (!token || !IsGood(*token, scheduler_.Now())) co_return std::optional<std::string>();
  co_return std::optional(std::move(token->bytes));
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
