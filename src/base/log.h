// Structured log lines: a constant sentence and named fields.
//
//   LogInfo("Channel connected", {{"channel", id.ToText()}, {"after_ms", 12}});
//
// Never a secret, a message body or a full number at info or above.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace parley::base {

enum class LogLevel { kDebug, kInfo, kWarning, kError, kOff };
enum class LogFormat { kText, kJson };

struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double, bool> value;

  LogField(std::string_view name, std::string_view value) : name(name), value(value) {}
  LogField(std::string_view name, const std::string& value)
      : name(name), value(std::string_view(value)) {}
  LogField(std::string_view name, const char* value) : name(name), value(std::string_view(value)) {}
  LogField(std::string_view name, bool value) : name(name), value(value) {}
  LogField(std::string_view name, double value) : name(name), value(value) {}
  template <class Integer>
  requires std::is_integral_v<Integer> LogField(std::string_view name, Integer value)
      : name(name), value(static_cast<std::int64_t>(value)) {}
};
using LogFields = std::initializer_list<LogField>;

// Thread: any, for all of these. The default is text at info on standard error.
void ConfigureLog(LogLevel level, LogFormat format);
bool LogsAt(LogLevel level);

void Log(LogLevel level, std::string_view sentence, LogFields fields);
inline void LogDebug(std::string_view sentence, LogFields fields = {}) {
  Log(LogLevel::kDebug, sentence, fields);
}
inline void LogInfo(std::string_view sentence, LogFields fields = {}) {
  Log(LogLevel::kInfo, sentence, fields);
}
inline void LogWarning(std::string_view sentence, LogFields fields = {}) {
  Log(LogLevel::kWarning, sentence, fields);
}
inline void LogError(std::string_view sentence, LogFields fields = {}) {
  Log(LogLevel::kError, sentence, fields);
}

}  // namespace parley::base
