// Sending what is neither text nor file: locations, contacts, reactions, lists, buttons, location
// requests, products.
#include <fmt/format.h>

#include <set>

#include "api/onemsg/sending.h"
#include "api/onemsg/structured_schema.h"
#include "base/emoji.h"
#include "base/encoding.h"
#include "core/numbers.h"
#include "core/services.h"

namespace parley::api::onemsg {
namespace {

constexpr std::size_t kMaxListRows = 10, kMaxProducts = 30;

using core::ContactCard;

// -----------------------------------------------------------------------------------------
// contacts

bool IsDate(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (i != 4 && i != 7 && (text[i] < '0' || text[i] > '9')) return false;
  const int month = (text[5] - '0') * 10 + text[6] - '0',
            day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// The number is shown as its owner's country writes it when only the WhatsApp id is given.
ContactCard::Phone PhoneOf(const ContactPhone& phone, const core::NumberFacts& numbers,
                           const std::string& path, base::Error& faults) {
  ContactCard::Phone out;
  out.type = phone.type;
  out.phone = phone.phone.value_or("");
  if (!phone.wa_id) {
    if (out.phone.empty()) faults.Absorb(base::FieldError(path, "phone or wa_id is required"));
    return out;
  }
  const auto digits = core::ParsePhone(*phone.wa_id);
  if (!digits) {
    faults.Absorb(base::FieldError(path + ".wa_id", "Must be a phone number's digits"));
    return out;
  }
  out.wa_id = digits->value;
  if (out.phone.empty()) out.phone = numbers.FormatInternational(digits->value);
  return out;
}

ContactCard CardOf(const Contact& contact, const core::NumberFacts& numbers,
                   const std::string& path, base::Error& faults) {
  const ContactName& name = contact.name;
  ContactCard card;
  card.formatted_name = name.formatted_name;
  card.first_name = name.first_name;
  card.last_name = name.last_name;
  card.middle_name = name.middle_name;
  card.prefix = name.prefix;
  card.suffix = name.suffix;
  card.birthday = contact.birthday;
  if (!name.first_name && !name.last_name && !name.middle_name && !name.prefix && !name.suffix)
    faults.Absorb(base::FieldError(path + ".name",
                                   "At least one of first_name, last_name, middle_name, suffix and "
                                   "prefix is required"));
  if (contact.birthday && !IsDate(*contact.birthday))
    faults.Absorb(base::FieldError(path + ".birthday", "Must look like 2012-08-18"));
  if (contact.org)
    card.org = ContactCard::Organisation{contact.org->company, contact.org->department,
                                         contact.org->title};
  if (contact.addresses)
    for (const ContactAddress& at : *contact.addresses) {
      if (!card.addresses) card.addresses.emplace();
      card.addresses->push_back(
          {at.street, at.city, at.state, at.zip, at.country, at.country_code, at.type});
    }
  if (contact.emails)
    for (const ContactEmail& email : *contact.emails) {
      if (!card.emails) card.emails.emplace();
      card.emails->push_back({email.email, email.type});
    }
  if (contact.urls)
    for (const ContactUrl& url : *contact.urls) {
      if (!card.urls) card.urls.emplace();
      card.urls->push_back({url.url, url.type});
    }
  for (std::size_t i = 0; contact.phones && i < contact.phones->size(); ++i) {
    if (!card.phones) card.phones.emplace();
    card.phones->push_back(
        PhoneOf((*contact.phones)[i], numbers, fmt::format("{}.phones[{}]", path, i), faults));
  }
  return card;
}

// --------------------------------------------------------------------------------------
// interactive

core::ListContent ContentOf(const ListBody& body, base::Error& faults) {
  core::ListContent list;
  list.body = body.body;
  list.button = body.action;
  list.header = body.header.value_or("");
  list.footer = body.footer.value_or("");
  std::set<std::string_view> ids;
  std::size_t rows = 0;
  for (std::size_t i = 0; i < body.sections.size(); ++i) {
    const ListSectionBody& section = body.sections[i];
    const std::string path = fmt::format("sections[{}]", i);
    if (!section.title && body.sections.size() > 1)
      faults.Absorb(base::FieldError(path + ".title", "Required if there are more than 1 section"));
    auto& out = list.sections.emplace_back();
    out.title = section.title;
    for (std::size_t j = 0; j < section.rows.size(); ++j) {
      const ListRowBody& row = section.rows[j];
      if (!ids.insert(row.id).second)
        faults.Absorb(base::FieldError(fmt::format("{}.rows[{}].id", path, j), "Must be unique"));
      out.rows.push_back({row.id, row.title, row.description});
    }
    rows += section.rows.size();
  }
  if (rows > kMaxListRows)
    faults.Absorb(base::FieldError("sections", fmt::format("Up to {} rows in all", kMaxListRows)));
  return list;
}

// The header's file as a draft; a fault for a header that is not one of the four.
std::optional<core::MediaDraft> DraftOf(const HeaderBody& header, base::Error& faults) {
  struct Kind {
    std::string_view name;
    core::ContentKind kind;
    const std::optional<HeaderFile>& file;
  };
  const Kind kinds[] = {{"image", core::ContentKind::kImage, header.image},
                        {"video", core::ContentKind::kVideo, header.video},
                        {"document", core::ContentKind::kDocument, header.document}};
  for (const Kind& kind : kinds) {
    if (!IsWord(header.type, kind.name)) continue;
    const std::string path = "header." + std::string(kind.name);
    core::MediaDraft draft;
    draft.kind = kind.kind;
    if (kind.file && kind.file->link) {
      draft.source = core::MediaFromUrl{*kind.file->link};
    } else if (kind.file && kind.file->id) {
      const auto id = ParseMediaId(*kind.file->id);
      if (!id) faults.Absorb(base::FieldError(path + ".id", "Unknown media"));
      if (id) draft.source = core::MediaFromStore{*id};
    } else {
      faults.Absorb(base::FieldError(path, "link or id is required"));
    }
    if (kind.file) draft.file_name = kind.file->filename.value_or("");
    return draft;
  }
  if (!IsWord(header.type, "text"))
    faults.Absorb(base::FieldError("header.type", "Must be text, image, video or document"));
  else if (!header.text)
    faults.Absorb(base::FieldError("header.text", "Required"));
  return std::nullopt;
}

core::ButtonsContent ContentOf(const ButtonsBody& body, base::Error& faults) {
  core::ButtonsContent buttons;
  buttons.body = body.body;
  buttons.footer = body.footer.value_or("");
  std::set<std::string_view> ids;
  for (std::size_t i = 0; i < body.sections.size(); ++i) {
    const ButtonBody& button = body.sections[i];
    const std::string path = fmt::format("sections[{}]", i);
    if (!IsWord(button.type, "reply"))
      faults.Absorb(base::FieldError(path + ".type", "Must be reply"));
    if (!ids.insert(button.reply.id).second)
      faults.Absorb(base::FieldError(path + ".reply.id", "Must be unique"));
    buttons.buttons.push_back({button.reply.id, button.reply.title});
  }
  return buttons;
}

core::ProductContent ContentOf(const ProductBody& body, base::Error& faults) {
  core::ProductContent product;
  product.catalog = body.action.catalog_id;
  product.product = body.action.product_id.value_or("");
  product.header = body.header.value_or("");
  product.body = body.body.value_or("");
  product.footer = body.footer.value_or("");
  if (body.action.product_id && body.action.sections)
    faults.Absorb(base::FieldError("action.sections", "Cannot be used with product_retailer_id"));
  if (!body.action.product_id && !body.action.sections)
    faults.Absorb(base::FieldError("action", "product_retailer_id or sections is required"));
  if (!body.action.sections) return product;
  std::size_t items = 0;
  const std::vector<ProductSectionBody>& sections = *body.action.sections;
  for (std::size_t i = 0; i < sections.size(); ++i) {
    if (!sections[i].title && sections.size() > 1)
      faults.Absorb(base::FieldError(fmt::format("action.sections[{}].title", i),
                                     "Required if there are more than 1 section"));
    auto& out = product.sections.emplace_back();
    out.title = sections[i].title;
    for (const ProductItem& item : sections[i].items) out.products.push_back(item.id);
    items += sections[i].items.size();
  }
  if (items > kMaxProducts)
    faults.Absorb(
        base::FieldError("action.sections", fmt::format("Up to {} products", kMaxProducts)));
  if (product.header.empty()) faults.Absorb(base::FieldError("header", "Required with sections"));
  if (product.body.empty()) faults.Absorb(base::FieldError("body", "Required with sections"));
  return product;
}

// Decodes the call's body, and sends the content that `make` makes of it.
template <class Body, class Make>
HandlerResult SendContent(Call& call, Make make) {
  PARLEY_CO_TRY(body, http::DecodeBody<Body>(call.request, kBodyTypes, kRules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command = CommandTo(body, faults);
  command.what = core::Content(make(body, faults));
  if (!faults.faults.empty()) co_return faults;
  co_return co_await Send(call, std::move(command));
}

}  // namespace

HandlerResult SendLocation(Call& call) {
  return SendContent<LocationBody>(call, [](const LocationBody& body, base::Error&) {
    core::LocationContent place;
    place.latitude = body.lat;
    place.longitude = body.lng;
    place.name = body.name.value_or("");
    // "Only displayed if name is present": nobody would see it.
    if (body.name) place.address = body.address.value_or("");
    return place;
  });
}

HandlerResult SendContact(Call& call) {
  const core::NumberFacts& numbers = call.core.numbers;
  return SendContent<ContactsBody>(call, [&numbers](const ContactsBody& body, base::Error& faults) {
    core::ContactsContent contacts;
    for (std::size_t i = 0; i < body.contacts.size(); ++i)
      contacts.cards.push_back(
          CardOf(body.contacts[i], numbers, fmt::format("contacts[{}]", i), faults));
    return contacts;
  });
}

HandlerResult SendList(Call& call) {
  return SendContent<ListBody>(
      call, [](const ListBody& body, base::Error& faults) { return ContentOf(body, faults); });
}

HandlerResult SendLocationRequest(Call& call) {
  return SendContent<LocationRequestBody>(call, [](const LocationRequestBody& body, base::Error&) {
    return core::LocationRequestContent{body.body};
  });
}

HandlerResult SendProduct(Call& call) {
  return SendContent<ProductBody>(
      call, [](const ProductBody& body, base::Error& faults) { return ContentOf(body, faults); });
}

HandlerResult SendButton(Call& call) {
  PARLEY_CO_TRY(body, http::DecodeBody<ButtonsBody>(call.request, kBodyTypes, kRules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command = CommandTo(body, faults);
  core::ButtonsContent buttons = ContentOf(body, faults);
  std::optional<core::MediaDraft> draft;
  if (body.header) {
    draft = DraftOf(*body.header, faults);
    if (!draft) buttons.header_text = body.header->text.value_or("");
  }
  if (!faults.faults.empty()) co_return faults;
  if (draft) {
    command.into = core::Content(std::move(buttons));
    command.what = std::move(*draft);
  } else {
    command.what = core::Content(std::move(buttons));
  }
  co_return co_await Send(call, std::move(command), "header");
}

HandlerResult SendReaction(Call& call) {
  PARLEY_CO_TRY(request, http::ReadBody(call.request, kBodyTypes));
  PARLEY_CO_TRY(body, base::Decode<ReactionBody>(request.value, kRules));
  base::Error faults(base::ErrorCode::kInvalidFields);
  core::SendCommand command = CommandTo(body, faults);
  core::ReactionContent reaction;
  reaction.target = ParseMessageId(body.message);
  reaction.emoji = body.body.value_or("");
  if (!reaction.target) faults.Absorb(base::FieldError("quotedMsgId", "Unknown message"));
  const base::json::object* members = request.value.if_object();
  const base::json::value* given = members == nullptr ? nullptr : base::Find(*members, "body");
  if (given == nullptr || given->is_null()) faults.Absorb(base::FieldError("body", "Required"));
  if (!reaction.emoji.empty() && !base::IsOneEmoji(reaction.emoji))
    faults.Absorb(base::FieldError("body", "Must be one emoji, or empty"));
  if (!faults.faults.empty()) co_return faults;
  command.what = core::Content(std::move(reaction));
  co_return co_await Send(call, std::move(command));
}

}  // namespace parley::api::onemsg
