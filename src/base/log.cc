#include "base/log.h"

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace parley::base {
namespace {

LogFormat g_format = LogFormat::kText;  // constant after ConfigureLog at start-up

spdlog::logger& Logger() {
  static const std::shared_ptr<spdlog::logger> logger = [] {
    auto made = spdlog::stderr_logger_mt("parley");
    made->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %v", spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::debug);
    return made;
  }();
  return *logger;
}

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  static constexpr spdlog::level::level_enum kLevels[] = {spdlog::level::debug, spdlog::level::info,
                                                          spdlog::level::warn, spdlog::level::err,
                                                          spdlog::level::off};
  return kLevels[static_cast<int>(level)];
}

std::string JsonText(std::string_view text) {
  return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

// Text that stays one word in a log line; anything else is quoted as JSON does.
std::string Word(std::string_view text) {
  const bool plain = !text.empty() && text.find_first_of(" \"=\\\t\r\n") == std::string_view::npos;
  return plain ? std::string(text) : JsonText(text);
}

std::string ValueText(const LogField& field, LogFormat format) {
  if (const auto* text = std::get_if<std::string_view>(&field.value))
    return format == LogFormat::kJson ? JsonText(*text) : Word(*text);
  if (const auto* flag = std::get_if<bool>(&field.value)) return *flag ? "true" : "false";
  if (const auto* number = std::get_if<double>(&field.value)) return fmt::format("{}", *number);
  return fmt::format("{}", std::get<std::int64_t>(field.value));
}

}  // namespace

void ConfigureLog(LogLevel level, LogFormat format) {
  g_format = format;
  Logger().set_level(ToSpdlog(level));
  if (format == LogFormat::kJson)
    Logger().set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                         spdlog::pattern_time_type::utc);
}

bool LogsAt(LogLevel level) { return Logger().should_log(ToSpdlog(level)); }

void Log(LogLevel level, std::string_view sentence, LogFields fields) {
  if (!LogsAt(level)) return;
  const bool json = g_format == LogFormat::kJson;
  std::string line = json ? "\"message\":" + JsonText(sentence) : std::string(sentence);
  for (const LogField& field : fields) {
    line += json ? "," + JsonText(field.name) + ":" : fmt::format(" {}=", field.name);
    line += ValueText(field, g_format);
  }
  Logger().log(ToSpdlog(level), "{}", line);
}

}  // namespace parley::base
