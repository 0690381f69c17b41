#include "core/lesson/yamltree.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace pyrena {

namespace {

struct YamlRefused
{
    YAML::Mark mark;
    std::string message, hint;
};

class TreeBuilder final : public YAML::EventHandler
{
public:
    explicit TreeBuilder(std::uint32_t firstLine) : m_firstLine(firstLine) {}

    YamlNode takeRoot() { return std::move(m_root); }

    // Ends of containers come without a mark; the problems found there carry the second key's own position.
    struct DuplicateKey { std::string key; std::uint32_t line, column, first; };
    std::vector<DuplicateKey> duplicates;

    void OnDocumentStart(const YAML::Mark &) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        refuseAnchor(mark, anchor);
        add(node(mark, YamlNode::Kind::Null));
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        throw YamlRefused{mark, "lessons have no YAML aliases ('*name')", "write the text in quotes, or write it out again"};
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        YamlNode scalar = node(mark, YamlNode::Kind::Scalar);
        scalar.text = value;
        add(std::move(scalar));
    }
    void OnSequenceStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, YamlNode::Kind::Sequence);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override
    {
        open(mark, tag, anchor, YamlNode::Kind::Map);
    }
    void OnMapEnd() override { close(); }

private:
    struct Open { YamlNode node; bool hasKey = false; YamlNode key; };

    YamlNode node(const YAML::Mark &mark, YamlNode::Kind kind)
    {
        if (++m_count > kMaxYamlNodes)
            throw YamlRefused{mark, "this block has more than " + std::to_string(kMaxYamlNodes) + " entries", "split it"};
        YamlNode n;
        n.kind = kind;
        n.line = m_firstLine + static_cast<std::uint32_t>(std::max(mark.line, 0));
        n.column = static_cast<std::uint32_t>(std::max(mark.column, 0)) + 1;
        return n;
    }
    void refuseAnchor(const YAML::Mark &mark, YAML::anchor_t anchor)
    {
        if (anchor != 0)
            throw YamlRefused{mark, "lessons have no YAML anchors ('&name')", "write the text in quotes"};
    }
    void refuseTag(const YAML::Mark &mark, const std::string &tag)
    {
        if (!tag.empty() && tag != "?" && tag != "!")
            throw YamlRefused{mark, "lessons have no YAML tags ('!name')", "write the text in quotes"};
    }
    void open(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, YamlNode::Kind kind)
    {
        refuseAnchor(mark, anchor);
        refuseTag(mark, tag);
        if (m_open.size() >= kMaxYamlDepth)
            throw YamlRefused{mark, "this block nests deeper than " + std::to_string(kMaxYamlDepth) + " levels",
                              "lessons need three at most"};
        m_open.push_back({node(mark, kind), false, {}});
    }
    void close()
    {
        YamlNode done = std::move(m_open.back().node);
        m_open.pop_back();
        add(std::move(done));
    }
    void add(YamlNode n)
    {
        if (m_open.empty()) {
            m_root = std::move(n);
            return;
        }
        Open &parent = m_open.back();
        if (parent.node.kind == YamlNode::Kind::Sequence) {
            parent.node.items.push_back(std::move(n));
        } else if (!parent.hasKey) {
            parent.key = std::move(n);
            parent.hasKey = true;
        } else {
            addEntry(parent, std::move(n));
        }
    }
    void addEntry(Open &parent, YamlNode value)
    {
        parent.hasKey = false;
        if (const YamlNode *earlier = keyNode(parent.node, parent.key.text)) {
            duplicates.push_back({parent.key.text, parent.key.line, parent.key.column, earlier->line});
            return;
        }
        parent.node.entries.push_back({std::move(parent.key), std::move(value)});
    }
    static const YamlNode *keyNode(const YamlNode &map, const std::string &key)
    {
        for (const auto &[k, v] : map.entries)
            if (k.text == key)
                return &k;
        return nullptr;
    }

    std::uint32_t m_firstLine;
    std::size_t m_count = 0;
    YamlNode m_root;
    std::vector<Open> m_open;
};

Diagnostic at(const std::string &fileName, std::uint32_t line, std::uint32_t column, std::string message, std::string hint)
{
    return {fileName, {{line, column}, {line, column}}, std::move(message), std::move(hint)};
}

} // namespace

const YamlNode *YamlNode::find(std::string_view key) const
{
    for (const auto &[k, v] : entries)
        if (k.text == key)
            return &v;
    return nullptr;
}

std::optional<YamlNode> parseYaml(std::string_view text, const std::string &fileName, std::uint32_t firstLine,
                                  std::vector<Diagnostic> &problems)
{
    TreeBuilder builder(firstLine);
    const auto lineOf = [&](const YAML::Mark &mark) { return firstLine + static_cast<std::uint32_t>(std::max(mark.line, 0)); };
    const auto columnOf = [](const YAML::Mark &mark) { return static_cast<std::uint32_t>(std::max(mark.column, 0)) + 1; };
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        if (!parser.HandleNextDocument(builder)) {
            problems.push_back(at(fileName, firstLine, 0, "this block is empty", "write 'key: value' lines into it"));
            return std::nullopt;
        }
        TreeBuilder rest(firstLine);
        if (parser.HandleNextDocument(rest)) {
            problems.push_back(at(fileName, firstLine, 0, "this block holds more than one YAML document", "remove the '---'"));
            return std::nullopt;
        }
    } catch (const YamlRefused &e) {
        problems.push_back(at(fileName, lineOf(e.mark), columnOf(e.mark), e.message, e.hint));
        return std::nullopt;
    } catch (const YAML::Exception &e) {
        problems.push_back(at(fileName, lineOf(e.mark), columnOf(e.mark), "this is not valid YAML: " + e.msg,
                              "put a value that holds ':', '#' or quotes into double quotes"));
        return std::nullopt;
    }
    for (const auto &d : builder.duplicates)
        problems.push_back(at(fileName, d.line, d.column, "the key '" + d.key + "' is given twice",
                              "it was given in line " + std::to_string(d.first) + "; remove one"));
    return builder.takeRoot();
}

} // namespace pyrena
