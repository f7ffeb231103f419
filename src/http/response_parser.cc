#include "http/response_parser.h"

#include <boost/beast/http/error.hpp>
#include <charconv>

#include "http/grammar.h"
#include "http/parser_limits.h"

namespace parley::http {
namespace {

namespace beast_http = boost::beast::http;

constexpr int kSwitchingProtocols = 101;  // never asked for, so never an interim answer here

}  // namespace

ResponseParser::ResponseParser(bool to_head, std::size_t max_body, BodySink* sink)
    : max_body_(max_body), sink_(sink) {
  header_limit(kMaxHeader);
  body_limit(boost::none);
  eager(true);
  skip(to_head);
}

ResponseParser::Progress ResponseParser::Parse(std::string_view& data) {
  if (is_header_done() && chunked() && data.size() < kLeastChunkedRest) return Progress::kNeedsMore;
  Code error;
  const std::size_t used = put(boost::asio::const_buffer(data.data(), data.size()), error);
  data.remove_prefix(used);
  if (error == beast_http::error::need_more)
    error = data.size() > kMaxHeader ? beast_http::error::header_limit : Code();
  return After(error);
}

ResponseParser::Progress ResponseParser::End() {
  Code error = beast_http::error::partial_message;
  if (got_some()) put_eof(error);
  return After(error);
}

ResponseParser::Progress ResponseParser::After(const Code& error) {
  if (response_.truncated) return Progress::kCut;
  if (error) {
    fault_ = error;
    return Progress::kFault;
  }
  if (!is_done()) return Progress::kNeedsMore;
  return response_.status / 100 == 1 ? Progress::kInterim : Progress::kComplete;
}

std::optional<base::Duration> ResponseParser::keep_alive_timeout() const {
  constexpr std::string_view kName = "timeout=";
  const std::string_view value = response_.headers.Get("Keep-Alive");
  const std::size_t at = value.find(kName);
  if (at == std::string_view::npos) return std::nullopt;
  std::uint16_t seconds = 0;
  const char* start = value.data() + at + kName.size();
  if (std::from_chars(start, value.data() + value.size(), seconds).ec != std::errc())
    return std::nullopt;
  return std::chrono::seconds(seconds);
}

base::Error ResponseParser::error() const {
  if (sink_error_) return *sink_error_;
  const std::string_view why = fault_ == beast_http::error::partial_message
                                   ? "The connection ended within the answer"
                                   : "The answer is not valid HTTP";
  return base::Error(base::ErrorCode::kUnavailable, std::string(why), fault_.message());
}

void ResponseParser::on_response_impl(int status, Text, int, Code& error) {
  response_.status = status;
  if (status < 100 || status == kSwitchingProtocols) error = beast_http::error::bad_status;
}

void ResponseParser::on_field_impl(Field field, Text name, Text value, Code& error) {
  const std::size_t size = name.size() + value.size() + kFieldOverhead;
  if (size > header_room_ || response_.headers.fields().size() == kMaxFields) {
    error = beast_http::error::header_limit;
    return;
  }
  header_room_ -= size;
  if (is_header_done()) return;  // a trailer
  // Nothing else was asked for, and taking an encoded body as it is would spoil it.
  if (field == Field::transfer_encoding && !EqualIgnoringCase(ViewOf(value), "chunked"))
    error = beast_http::error::bad_transfer_encoding;
  response_.headers.Add(std::string(ViewOf(name)), std::string(ViewOf(value)));
}

void ResponseParser::on_header_impl(Code& error) {
  if (sink_ != nullptr && response_.status >= 200) Note(sink_->Start(response_), error);
}

std::size_t ResponseParser::on_body_impl(Text data, Code& error) {
  if (sink_ != nullptr) {
    Note(sink_->Write(ViewOf(data)), error);
    return data.size();
  }
  const std::size_t room = max_body_ - response_.body.size();
  response_.body.append(data.data(), std::min(room, data.size()));
  if (data.size() > room) {
    response_.truncated = true;
    error = beast_http::error::body_limit;
  }
  return data.size();
}

std::size_t ResponseParser::on_chunk_body_impl(std::uint64_t, Text data, Code& error) {
  return on_body_impl(data, error);
}

void ResponseParser::Note(base::Result<void> taken, Code& error) {
  if (taken) return;
  sink_error_ = std::move(taken).error();
  error = beast_http::error::body_limit;
}

}  // namespace parley::http
