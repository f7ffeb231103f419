// Using a template: whether what a program gives fits it, and the text that the recipient will
// read. The simulated network judges the same by rules of its own (sim/network/template_use.h):
// neither layer may include the other, and a real network would not take our word, either.
#pragma once

#include <vector>

#include "base/json.h"
#include "base/result.h"
#include "core/messages/content.h"
#include "core/templates/template.h"

namespace parley::core {

// Parameters are kept inside messages, events and the network's own records, each of which is read
// back with base::kMaxJsonDepth levels in all. What templates need is 9 levels (cards).
inline constexpr int kMaxParameterDepth = 16;

// kInvalidFields ("params") when they are nested deeper. Asked before anything is known of the
// template, as a message is also accepted while the network cannot be asked.
base::Result<void> CheckParameterDepth(const base::json::value& components);

// What a quick reply comes back with: as long as the id of a reply button may be. Code points.
inline constexpr std::size_t kMaxTemplatePayload = 256;
// As many as the network lets a carousel have.
inline constexpr std::size_t kMaxTemplateCards = 10;

// The cards that a message gives for a carousel, in the order that they are shown in: each by its
// `card_index`, a number or its digits, from 0; one that names none stands at its place in the
// list. Views into `cards`. kInvalidFields ("params") when there are too many, one is no object, or
// their places are not 0, 1, 2 and so on, each once.
base::Result<std::vector<const base::json::object*>> CardsInOrder(const base::json::array& cards);

// Finds the template that `content` names (an empty `space` is any, as long as only one fits),
// checks its components against it, and fills in category, body, header, footer and buttons.
// kInvalidFields: there is none ("template"), it is not approved, or the number or kind of the
// parameters or the sub_type of a button does not match ("params").
base::Result<void> UseTemplate(const std::vector<Template>& templates, TemplateContent& content);

}  // namespace parley::core
