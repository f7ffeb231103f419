// Reads one response from bytes as they come: Beast's parser, writing straight into a
// ClientResponse or a BodySink.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/scheduler.h"
#include "http/client.h"

namespace parley::http {

class ResponseParser final : boost::beast::http::basic_parser<false> {
 public:
  enum class Progress : std::uint8_t {
    kNeedsMore,
    kInterim,  // a 1xx answer: another one follows, for another parser
    kComplete,
    kCut,    // there is more than max_body; response().truncated is set
    kFault,  // error() says why
  };

  static constexpr std::size_t kMaxHeader = 64 * 1024;

  // `sink` takes the body, whatever its size, unless it is null.
  ResponseParser(bool to_head, std::size_t max_body, BodySink* sink);

  // Parses the front of `data`, which is not empty, and removes it.
  Progress Parse(std::string_view& data);
  // The connection has ended.
  Progress End();

  // Whether the connection can be used again; for a complete response.
  using basic_parser::keep_alive;
  // How long the server keeps an idle connection, if it says so ("Keep-Alive: timeout=5").
  std::optional<base::Duration> keep_alive_timeout() const;
  ClientResponse& response() { return response_; }
  base::Error error() const;

 private:
  using Code = boost::beast::error_code;
  using Text = boost::beast::string_view;
  using Field = boost::beast::http::field;

  void on_request_impl(boost::beast::http::verb, Text, Text, int, Code&) override {}
  void on_response_impl(int status, Text, int, Code& error) override;
  void on_field_impl(Field field, Text name, Text value, Code& error) override;
  void on_header_impl(Code& error) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>&, Code&) override {}
  std::size_t on_body_impl(Text data, Code& error) override;
  void on_chunk_header_impl(std::uint64_t, Text, Code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, Text data, Code& error) override;
  void on_finish_impl(Code&) override {}

  Progress After(const Code& error);
  // Stops the parser when the sink failed.
  void Note(base::Result<void> taken, Code& error);

  ClientResponse response_;
  std::size_t header_room_ = kMaxHeader;
  const std::size_t max_body_;
  BodySink* const sink_;
  Code fault_;
  std::optional<base::Error> sink_error_;
};

}  // namespace parley::http
