// str % arguments: which argument each conversion takes, and what becomes of it.
#include "core/python/builtins/helpers.h"
#include "core/python/runtime/interpreter.h"
#include "core/python/text/floatrepr.h"
#include "core/python/text/percentformat.h"

namespace pyrena {

namespace {

// The arguments of one % operation, taken one after the other. What a key finds is the only argument from then on.
class PercentArguments
{
public:
    PercentArguments(Interpreter &interpreter, ObjectId args, const text::TextRules &rules)
        : m_interpreter(interpreter), m_rules(rules), m_args(args), m_tuple(interpreter.kind(args) == TypeKind::Tuple),
          m_count(m_tuple ? interpreter.heap().length(args) : 1)
    {
    }

    void takeKey(const text::PercentPiece &piece)
    {
        Interpreter &i = m_interpreter;
        if (!isMapping())
            i.raise(text::percentNoMapping(i.typeName(m_args), m_rules));
        if (piece.keyIncomplete)
            return;
        const Ref key = i.heap().newStr(piece.key);
        m_found = i.getItem(m_args, key);
        m_key = piece.key;
        m_taken = 0;
        m_count = 1;
    }

    Ref next(const text::PercentPiece &piece, bool star = false)
    {
        Interpreter &i = m_interpreter;
        if (star && piece.hasKey && m_rules.percentNamesArgument)
            i.raise(text::percentAfterKey(piece, star, m_rules));
        if (m_taken >= m_count)
            i.raise(m_found && !piece.hasKey ? text::percentAfterKey(piece, false, m_rules) : text::percentNotEnough(m_count, m_rules));
        ++m_taken;
        if (m_found)
            return i.heap().own(m_found);
        return i.heap().own(m_tuple ? i.heap().item(m_args, static_cast<std::uint32_t>(m_taken - 1)) : m_args);
    }

    text::PercentPlace place() const { return {m_tuple && !m_found ? m_taken : 0, m_found ? &m_key : nullptr}; }

    // Behind the last conversion. A mapping may have more than the format names.
    void finish() const
    {
        if (m_taken < m_count && !m_found && !isMapping())
            m_interpreter.raise(text::percentLeftOver(m_taken, m_count, m_rules));
    }

private:
    // PyMapping_Check, and neither tuple nor str.
    bool isMapping() const
    {
        switch (m_interpreter.kind(m_args)) {
        case TypeKind::Tuple:
        case TypeKind::Str: return false;
        case TypeKind::Dict:
        case TypeKind::List:
        case TypeKind::Bytes:
        case TypeKind::Range: return true;
        default: return bool(m_interpreter.lookupSpecial(m_args, "__getitem__"));
        }
    }

    Interpreter &m_interpreter;
    const text::TextRules &m_rules;
    ObjectId m_args;
    bool m_tuple;
    Ref m_found;         // by a key
    std::string m_key;
    std::size_t m_taken = 0;
    std::size_t m_count;
};

// What the first of these methods gives for an instance; other values stay as they are.
Ref through(Interpreter &i, ObjectId value, std::initializer_list<const char *> methods)
{
    for (const char *method : methods)
        if (const ObjectId special = i.lookupSpecial(value, method))
            return i.callSpecial(special, {value});
    return i.heap().own(value);
}

std::string converted(Interpreter &i, const text::PercentPiece &piece, ObjectId value, const text::PercentPlace &place)
{
    const auto wrongType = [&] { i.raise(text::percentTypeError(piece.conversion, i.typeName(value), i.textRules(), place)); };
    switch (text::percentOperand(piece.conversion)) {
    case text::PercentOperand::Text: {
        const std::string shown = piece.conversion == 's' ? i.str(value) : piece.conversion == 'r' ? i.repr(value) : i.ascii(value);
        return i.unwrap(text::percentText(piece, shown, i.textRules()));
    }
    case text::PercentOperand::Number: {
        if (i.kind(value) == TypeKind::Float)
            return i.unwrap(text::percentInt(piece, i.unwrap(text::truncateFloat(i.heap().floatValue(value))), i.textRules()));
        const Ref whole = through(i, value, {"__int__", "__index__"});
        if (!i.isInt(whole))
            wrongType();
        return i.unwrap(text::percentInt(piece, i.heap().bigValue(whole), i.textRules()));
    }
    case text::PercentOperand::Integer: {
        const Ref whole = through(i, value, {"__index__"});
        if (!i.isInt(whole))
            wrongType();
        return i.unwrap(text::percentInt(piece, i.heap().bigValue(whole), i.textRules()));
    }
    case text::PercentOperand::Float: {
        const Ref real = through(i, value, {"__float__", "__index__"});
        if (i.kind(real) == TypeKind::Float)
            return i.unwrap(text::percentFloat(piece, i.heap().floatValue(real), i.textRules()));
        if (!i.isInt(real))
            wrongType();
        const auto nearest = i.heap().bigValue(real).toDouble();
        if (!nearest)
            i.raise("OverflowError", "int too large to convert to float");
        return i.unwrap(text::percentFloat(piece, *nearest, i.textRules()));
    }
    case text::PercentOperand::Character:
        if (i.isInt(value))
            return i.unwrap(text::percentCharacter(piece, i.heap().bigValue(value), i.textRules(), place));
        if (!i.isStr(value))
            wrongType();
        return i.unwrap(text::percentCharacter(piece, i.text(value), i.textRules(), place));
    case text::PercentOperand::Unknown:
        break;
    }
    i.raise(text::unsupportedConversion(piece, i.textRules()));
}

} // namespace

Ref Interpreter::percentFormat(ObjectId pattern, ObjectId args)
{
    const std::string format = text(pattern);
    Ref only;   // what '%s' alone passes on
    PercentArguments arguments(*this, args, m_textRules);
    std::string out;
    for (text::PercentPiece piece : text::parsePercentFormat(format, m_textRules)) {
        if (piece.kind == text::PercentPiece::Kind::Literal) {
            out += piece.text;
            continue;
        }
        if (piece.hasKey)
            arguments.takeKey(piece);
        if (piece.kind == text::PercentPiece::Kind::Error)
            raise(piece.error);
        const auto starred = [&] {
            const Ref number = arguments.next(piece, true);
            if (!isInt(number))
                raise(text::percentStarError(typeName(number), m_textRules, arguments.place()));
            return toIndex(number);
        };
        if (piece.widthStarred)
            piece.setStarredWidth(starred());
        if (piece.precisionStarred)
            piece.setStarredPrecision(starred());
        const Ref value = arguments.next(piece);
        if (format == "%s" && isStr(value) && isExact(value))
            only = m_heap.own(value);
        out += converted(*this, piece, value, arguments.place());
        guardSize(out.size());
    }
    arguments.finish();
    return only ? std::move(only) : m_heap.newStr(out);
}

} // namespace pyrena
