// Reads one request from bytes as they come: Beast's parser, writing straight into a Request.
//
// Beyond what Beast refuses, a request is malformed that two readers could understand differently
// (RFC 9112, sections 3.2, 6.1 and 11.2): Transfer-Encoding other than exactly "chunked", or in
// HTTP/1.0, or beside Content-Length; no Host in HTTP/1.1, or several.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"

namespace parley::http {

// The bytes that the bodies of one server hold at once.
struct BodyMemory {
  std::size_t limit = 0;
  std::size_t used = 0;
};

// One body's part of it. Bodies up to kFree bytes take none.
class BodyClaim {
 public:
  static constexpr std::size_t kFree = 64 * 1024;

  explicit BodyClaim(BodyMemory& memory) : memory_(memory) {}
  BodyClaim(const BodyClaim&) = delete;
  ~BodyClaim() { Release(); }

  // Makes room for `total` bytes of this body; false when there is none.
  bool Grow(std::size_t total);
  void Release();

 private:
  BodyMemory& memory_;
  std::size_t claimed_ = 0;
};

class RequestParser final : boost::beast::http::basic_parser<true> {
 public:
  enum class Progress : std::uint8_t {
    kNeedsMore,
    kHead,      // the head is complete; AllowBody is due unless is_done()
    kComplete,  // so is the body
    kRefused,   // the body is not read; request().body_state says why
    kFault,     // not HTTP; fault_status() and fault_text() say what to answer
  };

  explicit RequestParser(std::size_t max_header);

  // Parses the front of `data`, which is not empty, and removes it.
  Progress Parse(std::string_view& data);
  // Decides about the body: kNeedsMore when it is to be read.
  Progress AllowBody(std::size_t limit, BodyClaim& claim);

  using basic_parser::is_done;
  using basic_parser::keep_alive;
  bool is_http11() const { return http11_; }
  bool expects_continue() const { return http11_ && expects_continue_; }
  int fault_status() const;
  std::string fault_text() const;
  Request& request() { return request_; }

 private:
  using Code = boost::beast::error_code;
  using Text = boost::beast::string_view;
  using Field = boost::beast::http::field;

  void on_request_impl(boost::beast::http::verb, Text method, Text target, int version,
                       Code& error) override;
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(Field field, Text name, Text value, Code& error) override;
  void on_header_impl(Code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
  std::size_t on_body_impl(Text data, Code& error) override;
  void on_chunk_header_impl(std::uint64_t size, Text, Code& error) override;
  std::size_t on_chunk_body_impl(std::uint64_t, Text data, Code& error) override;
  void on_finish_impl(Code&) override {}

  // Makes room for a body of `total` bytes, or drops it and says why.
  bool HasRoomFor(std::uint64_t total);

  Request request_;
  const std::size_t max_header_;
  std::size_t header_room_;  // what is left of it
  std::size_t body_limit_ = 0;
  BodyClaim* claim_ = nullptr;
  int hosts_ = 0;
  bool http11_ = false;
  bool expects_continue_ = false;
  Code fault_;
};

}  // namespace parley::http
