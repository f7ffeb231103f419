// Writes one response to a connection.
#pragma once

#include <cstdint>
#include <string>

#include "http/connection.h"
#include "http/message.h"

namespace parley::http {

// What the request and the server say about the form of the answer.
struct AnswerForm {
  bool head_only = false;   // to HEAD
  bool http11 = true;       // the client understands chunks
  bool keep_alive = false;  // the connection is used again
};

// False when the connection ended, or must end because the response could not be finished.
base::Task<bool> WriteResponse(Connection& connection, Response response, AnswerForm form);

// How the end of a body is found.
enum class Framing : std::uint8_t { kLength, kChunked, kClose };

// Appends the status line and the header.
void AppendHead(std::string& out, const Response& response, const AnswerForm& form, Framing framing,
                std::uint64_t length);

}  // namespace parley::http
