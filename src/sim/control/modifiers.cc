#include "sim/control/handlers.h"
#include "sim/control/shown.h"

namespace parley::sim::control {
namespace {

// The address of the chat that a person's message is in.
std::string ChatWith(const network::Message& message, const std::string& number) {
  const bool is_between_two = network::ChatOf(message.to).kind == network::ChatKind::kPerson;
  return is_between_two && message.from != number ? message.from : message.to;
}

// Sends what changes or answers the message with that id, in the same chat.
Answer Send(const Call& call, const std::string& number, const network::Message& message,
            network::Content content) {
  network::Draft draft;
  draft.to = ChatWith(message, number);
  if (network::TargetOf(content) == nullptr) draft.quoted = message.id;
  draft.content = std::move(content);
  const auto typed = call.network.SendAsPerson(number, std::move(draft));
  if (!typed) return base::RenameFault(typed.error(), "body", "text");
  return Reply(201, control::Show(*typed));
}

}  // namespace

Answer React(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<ReactBody>());
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  return Send(call, number, found.message, network::ReactionContent{body.message, body.emoji});
}

Answer EditMessage(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<EditBody>());
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  return Send(call, number, found.message, network::EditContent{body.message, body.text});
}

Answer DeleteMessage(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<DeleteBody>());
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  return Send(call, number, found.message, network::DeleteContent{body.message});
}

Answer Vote(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<VoteBody>());
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  return Send(call, number, found.message, network::VoteContent{body.message, body.options});
}

Answer Choose(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<ChooseBody>());
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  std::optional<network::Content> choice = network::ChoiceOf(found.message.content, body.id);
  if (!choice) return base::FieldError("id", "The message offers no such row or button");
  return Send(call, number, found.message, std::move(*choice));
}

Answer FillIn(const Call& call) {
  PARLEY_TRY(number, call.Number());
  PARLEY_TRY(body, call.Body<FillBody>());
  if (body.fields && !body.fields->is_object())
    return base::FieldError("fields", "Must be an object");
  PARLEY_TRY(found, call.network.FindOwnMessage(number, body.message));
  base::json::object filled_in;
  if (body.fields) filled_in = std::move(body.fields->get_object());
  auto answer = network::AnswerTo(found.message.content, std::move(filled_in));
  if (!answer) return base::FieldError("message", "It has no form to fill in");
  return Send(call, number, found.message, std::move(*answer));
}

}  // namespace parley::sim::control
