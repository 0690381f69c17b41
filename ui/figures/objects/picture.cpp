#include "ui/figures/objects/picture.h"

#include "core/explain/describe.h"
#include "core/explain/phrase.h"
#include "ui/figures/objects/garbage.h"

#include <algorithm>

namespace pyrena::objects {

namespace {

QString q(const std::string &text) { return QString::fromStdString(text); }

std::uint64_t slotKey(const Entry &entry) { return (std::uint64_t(entry.owner.value) << 32) | entry.slot; }
std::uint64_t nameKey(ObjectId owner, TextId name) { return (std::uint64_t(owner.value) << 32) | 0x80000000u | name.value; }

class Photographer
{
public:
    Photographer(const Trace &trace, const World &world, std::uint32_t position, const Places &places, const StaleIds &staleIds,
                 int level, Granularity granularity)
        : m_trace(trace), m_world(world), m_position(position), m_places(places), m_rules(places.rules()), m_staleIds(staleIds),
          m_level(level), m_granularity(granularity) {}

    Scene take()
    {
        if (m_world.globals)
            globals();
        for (std::size_t i = 0; i < m_world.stack.size(); ++i)
            if (!(i == 0 && m_world.globals) && m_places.hasPlace(m_world.stack[i].frame))
                frame(m_world.stack[i], i + 1 == m_world.stack.size());
        nodes();
        const Holding holding = findHolding(m_world);
        dropTheUnreferred(holding);
        if (m_granularity == Granularity::Line)
            hideTemporaries(holding);
        return std::move(m_scene);
    }

private:
    bool drawn(ObjectId id) const
    {
        return id && m_world.contains(id) && m_places.holds(id, m_position) && m_world.object(id).alive()
            && !m_rules.inlined(m_world, id);
    }

    // Short, for a slot: a value for atoms, a label for an object that has no box.
    QString textOf(ObjectId id) const
    {
        if (!id || !m_world.contains(id))
            return {};
        const Object &o = m_world.object(id);
        switch (o.kind) {
        case TypeKind::None: case TypeKind::NotImplemented: case TypeKind::Ellipsis: case TypeKind::Bool: case TypeKind::Int:
        case TypeKind::Float: case TypeKind::Str: case TypeKind::Bytes:
            return q(shortValue(m_trace, m_world, id, 24));
        default:
            return q(describe(m_trace, m_world, id));
        }
    }

    QString labelOf(const Entry &entry) const
    {
        if (entry.weak)
            return q(phrase("referent"));
        if (entry.isKey)
            return q(phrase("key"));
        if (entry.key)
            return q(shortValue(m_trace, m_world, entry.key, 14));
        const Object &owner = m_world.object(entry.owner);
        if (owner.kind == TypeKind::Dict && entry.label)
            return q('\'' + m_trace.text(entry.label) + '\'');
        if (entry.label)
            return (owner.kind == TypeKind::Frame ? QString() : QStringLiteral(".")) + q(m_trace.text(entry.label));
        switch (owner.kind) {
        case TypeKind::Cell: return {};
        case TypeKind::Set: case TypeKind::FrozenSet: return QStringLiteral("\u2022");
        case TypeKind::Instance: return entry.target == owner.type ? q(phrase("type")) : QStringLiteral("[%1]").arg(entry.slot);
        default: return QStringLiteral("[%1]").arg(entry.slot);
        }
    }

    void refer(Row &row, ObjectId owner, ObjectId target, bool weak = false) const
    {
        row.target = target;
        row.weak = weak;
        if (!target || !m_world.contains(target)) {
            row.value = weak ? q(phrase("dead")) : QString();
            return;
        }
        if (weak && !m_world.object(target).alive()) {
            row.target = {};
            row.value = q(phrase("dead"));
            return;
        }
        row.arrow = (drawn(target) || target == m_world.globals) && !(owner && m_rules.quiet(m_world, owner, target));
        if (!row.arrow) {
            row.value = textOf(target);
            row.staleOf = formerOwner(target);
        }
    }

    // Of an int that once was somebody's id.
    ObjectId formerOwner(ObjectId id) const
    {
        const Object &o = m_world.object(id);
        if (m_staleIds.none() || o.kind != TypeKind::Int || o.has(ObjectFlag::BigValue))
            return {};
        return m_staleIds.formerOwner(o.value, m_trace.objects[id.value].bornAt, m_world, m_position);
    }

    // The value stack of a frame, as a strip of cells.
    void stackRow(Box &box, ObjectId frame, double top) const
    {
        std::vector<Row> cells;
        m_rules.forEachLocal(m_world, frame, [&](const Entry &entry) {
            if (!entry.stack)
                return true;
            Row cell;
            cell.key = slotKey(entry);
            cell.cell = true;
            cell.borrowed = entry.borrowed;
            refer(cell, frame, entry.target);
            cells.push_back(std::move(cell));
            return cells.size() < 64;
        });
        if (cells.empty())
            return;
        constexpr std::size_t kCells = 4;   // the top of the stack, which is what is worked on
        if (cells.size() > kCells)
            cells.erase(cells.begin(), cells.end() - kCells);
        const double left = box.rect.left() + 56, width = (box.rect.right() - 10 - left) / kCells;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            cells[i].rect = QRectF(left + double(i) * width, top, width - 4, kNameRow);
            cells[i].label = i == 0 ? q(phrase("stack")) : QString();
            box.rows.push_back(std::move(cells[i]));
        }
    }

    void globals()
    {
        Box box;
        box.kind = Box::Kind::Globals;
        box.id = m_world.globals;
        box.type = TypeKind::Dict;
        box.rect = m_places.globalsRect();
        box.title = q(phrase("globals"));
        if (m_world.stack.size() == 1 && m_world.stack[0].line > 0)
            box.note = q(phrase("line %1", {std::to_string(m_world.stack[0].line)}));
        int hidden = 0;
        std::vector<ObjectId> rest;
        m_rules.forEachName(m_world, [&](const Entry &entry, TextId name) {
            const int index = m_places.nameRow(name);
            if (index < 0) {
                ++hidden;
                if (drawn(entry.target) && rest.size() < 3)
                    rest.push_back(entry.target);
                return true;
            }
            Row row;
            row.key = nameKey(m_world.globals, name);
            row.label = q(m_trace.text(name));
            refer(row, {}, entry.target);
            row.rect = nameRect(box.rect, index);
            box.rows.push_back(std::move(row));
            return true;
        });
        std::sort(box.rows.begin(), box.rows.end(), [](const Row &a, const Row &b) { return a.rect.top() < b.rect.top(); });
        if (hidden > 0)
            box.rows.push_back(restRow(hidden, std::move(rest), nameRect(box.rect, kMaxNames), box.id));
        if (m_places.globalsStack() && m_places.moduleFrame() && m_world.contains(m_places.moduleFrame()) && !m_world.stack.empty())
            stackRow(box, m_places.moduleFrame(), box.rect.bottom() - kFrameFoot - kNamePitch);
        add(std::move(box));
    }

    void frame(const Activation &activation, bool innermost)
    {
        Box box;
        box.kind = Box::Kind::Frame;
        box.id = activation.frame;
        box.type = TypeKind::Frame;
        box.rect = m_places.frameRect(activation.frame);
        const std::string name = activation.code && activation.code.value < m_trace.codes.size()
            ? m_trace.text(m_trace.codes[activation.code.value].name) : std::string();
        box.title = name.empty() ? q(describe(m_trace, m_world, activation.frame)) : q(phrase("%1()", {name}));
        if (activation.line > 0)
            box.note = innermost ? q(phrase("line %1", {std::to_string(activation.line)}))
                                 : q(phrase("at line %1", {std::to_string(activation.line)}));
        int index = 0, hidden = 0;
        m_rules.forEachLocal(m_world, activation.frame, [&](const Entry &entry) {
            if (entry.stack)
                return true;
            if (index >= kMaxNames || index >= m_places.place(activation.frame).rows) {
                ++hidden;
                return true;
            }
            Row row;
            row.key = slotKey(entry);
            row.label = labelOf(entry);
            refer(row, {}, entry.target);
            row.rect = nameRect(box.rect, index++);
            box.rows.push_back(std::move(row));
            return true;
        });
        if (m_places.place(activation.frame).stack)
            stackRow(box, activation.frame, box.rect.bottom() - kFrameFoot - kNamePitch);
        add(std::move(box));
    }

    static QRectF nameRect(const QRectF &frame, int index)
    {
        return QRectF(frame.left() + 10, frame.top() + kFrameHead + index * kNamePitch, frame.width() - 20, kNameRow);
    }

    Row restRow(int hidden, std::vector<ObjectId> targets, const QRectF &rect, ObjectId owner) const
    {
        Row row;
        row.key = (std::uint64_t(owner.value) << 32) | 0xffffffffu;
        row.label = q(phrase("\u2026 %1 more", {number(hidden)}));
        row.rest = true;
        row.more = std::move(targets);
        row.rect = rect;
        return row;
    }

    int lengthOf(const Object &o, int counted) const
    {
        const bool sequence = o.kind == TypeKind::List || o.kind == TypeKind::Tuple;
        return sequence ? static_cast<int>(o.slotsLength) : counted;
    }

    void nodes()
    {
        std::vector<std::uint32_t> ids;
        for (std::uint32_t i = 0; i < m_world.objects.size(); ++i) {
            const Object &o = m_world.objects[i];
            if (!o.alive() || i == kRuntime.value)
                continue;
            if (drawn(ObjectId(i)))
                ids.push_back(i);
            else
                m_scene.hidden += m_places.place(ObjectId(i)).collapsed;
        }
        std::sort(ids.begin(), ids.end(), [&](std::uint32_t a, std::uint32_t b) {
            const auto &pa = m_places.place(ObjectId(a)), &pb = m_places.place(ObjectId(b));
            return std::tuple(pa.column, pa.y, a) < std::tuple(pb.column, pb.y, b);
        });
        for (const std::uint32_t id : ids)
            node(ObjectId(id));
    }

    // With them goes what only they hold.
    void hideTemporaries(const Holding &holding)
    {
        const auto isTemporary = [&](ObjectId id) { return id && holding.temporary[id.value]; };
        const std::size_t before = m_scene.boxes.size();
        std::erase_if(m_scene.boxes, [&](const Box &box) { return box.kind == Box::Kind::Node && isTemporary(box.id); });
        for (Box &box : m_scene.boxes) {
            const auto stack = std::find_if(box.rows.begin(), box.rows.end(), [](const Row &row) { return row.cell; });
            const QString label = stack == box.rows.end() ? QString() : stack->label;
            std::erase_if(box.rows, [&](const Row &row) { return row.cell && isTemporary(row.target); });
            const auto left = std::find_if(box.rows.begin(), box.rows.end(), [](const Row &row) { return row.cell; });
            if (left != box.rows.end())
                left->label = label;
            for (Row &row : box.rows) {
                std::erase_if(row.more, isTemporary);
                if (!row.arrow || !isTemporary(row.target))
                    continue;
                row.arrow = false;
                row.value = textOf(row.target);
            }
        }
        dropTheUnreferred(holding);
        m_scene.temporaries = before - m_scene.boxes.size();
    }

    // A box that nothing drawn refers to would float: constants of the code, methods of a class. It is dropped, unless it is
    // garbage or nothing at all holds it yet.
    void dropTheUnreferred(const Holding &holding)
    {
        m_scene.boxOf.clear();
        for (std::size_t i = 0; i < m_scene.boxes.size(); ++i)
            m_scene.boxOf.emplace(m_scene.boxes[i].id.value, i);
        std::vector<bool> kept(m_scene.boxes.size());
        std::vector<std::size_t> open;
        const auto keep = [&](std::size_t box) {
            if (!kept[box]) {
                kept[box] = true;
                open.push_back(box);
            }
        };
        for (std::size_t i = 0; i < m_scene.boxes.size(); ++i) {
            Box &box = m_scene.boxes[i];
            box.garbage = box.kind == Box::Kind::Node && holding.garbage[box.id.value];
            if (box.kind != Box::Kind::Node || box.garbage || holding.incoming[box.id.value] == 0 || m_level >= 4)
                keep(i);
        }
        while (!open.empty()) {
            const Box &box = m_scene.boxes[open.back()];
            open.pop_back();
            for (const Row &row : box.rows) {
                if (row.arrow && !row.weak)
                    if (const auto target = m_scene.boxOf.find(row.target.value); target != m_scene.boxOf.end())
                        keep(target->second);
                for (const ObjectId more : row.more)
                    if (const auto target = m_scene.boxOf.find(more.value); target != m_scene.boxOf.end())
                        keep(target->second);
            }
        }
        std::vector<Box> boxes;
        m_scene.boxOf.clear();
        for (std::size_t i = 0; i < kept.size(); ++i)
            if (kept[i])
                boxes.push_back(std::move(m_scene.boxes[i]));
        m_scene.boxes = std::move(boxes);
        for (std::size_t i = 0; i < m_scene.boxes.size(); ++i)
            m_scene.boxOf.emplace(m_scene.boxes[i].id.value, i);
    }

    void node(ObjectId id)
    {
        const Object &o = m_world.object(id);
        Box box;
        box.id = id;
        box.type = o.kind;
        box.column = m_places.place(id).column;
        box.title = q(describe(m_trace, m_world, id));
        box.immortal = o.has(ObjectFlag::Immortal);
        box.isStatic = o.has(ObjectFlag::Static);
        if (!m_world.gc.counts() && m_world.gc.collecting && !box.isStatic)
            box.mark = m_world.markOf(id);
        if (m_level >= 2 && m_world.gc.counts()) {
            box.count = QString::number(shownRefcount(m_trace, m_world, id));
            switch (o.gcList) {
            case GcListId::None: break;
            case GcListId::Generation1: box.generation = 1; break;
            case GcListId::Generation2: case GcListId::Permanent: box.generation = 2; break;
            default: box.generation = 0;
            }
        }
        if (m_level >= 3) {
            QString bytes = q(phrase("%1 bytes", {number(o.size)}));
            if (o.bufferSize > 0)
                bytes += q(phrase(" + %1", {number(o.bufferSize)}));
            box.details << (o.has(ObjectFlag::Static) ? q(phrase("in the interpreter")) : bytes);
        }
        if (m_level >= 4)
            box.details << q(toHex(o.address));

        switch (o.kind) {
        case TypeKind::Int: case TypeKind::Float: case TypeKind::Str: case TypeKind::Bytes: case TypeKind::Complex: {
            Row row;
            row.value = textOf(id);
            row.staleOf = formerOwner(id);
            row.key = std::uint64_t(id.value) << 32;
            box.title = q(m_trace.label(id));
            box.rows.push_back(std::move(row));
            break;
        }
        default:
            rows(box, o);
        }
        const int shown = static_cast<int>(box.rows.size());
        const bool body = o.kind != TypeKind::Module && o.kind != TypeKind::Type && o.kind != TypeKind::Function;
        box.rect = m_places.nodeRect(id, std::max(shown, body ? 1 : 0));
        for (int i = 0; i < shown; ++i)
            box.rows[std::size_t(i)].rect = QRectF(box.rect.left() + 5, box.rect.top() + kHead + i * kRow, box.rect.width() - 5, kRow);
        add(std::move(box));
    }

    void rows(Box &box, const Object &o)
    {
        const int limit = m_places.place(box.id).rows;
        int counted = 0;
        std::vector<ObjectId> rest;
        m_rules.forEachRow(m_world, box.id, [&](const Entry &entry) {
            if (++counted > limit) {
                if (drawn(entry.target) && rest.size() < 3)
                    rest.push_back(entry.target);
                return counted < 2000;
            }
            Row row;
            row.key = slotKey(entry);
            row.label = labelOf(entry);
            if (entry.owner != box.id && entry.key && m_world.object(entry.key).kind == TypeKind::Str)   // in its __dict__
                row.label = QLatin1Char('.') + q(m_trace.text(TextId(static_cast<std::uint32_t>(m_world.object(entry.key).value))));
            refer(row, box.id, entry.target, entry.weak);
            box.rows.push_back(std::move(row));
            return true;
        });
        const int total = lengthOf(o, counted);
        if (total <= limit || box.rows.empty())
            return;
        const Row last = std::move(box.rows.back());
        box.rows.pop_back();
        if (last.arrow)
            rest.insert(rest.begin(), last.target);
        box.rows.push_back(restRow(total - limit + 1, std::move(rest), {}, box.id));
    }

    void add(Box box)
    {
        m_scene.boxOf.emplace(box.id.value, m_scene.boxes.size());
        m_scene.boxes.push_back(std::move(box));
    }

    const Trace &m_trace;
    const World &m_world;
    std::uint32_t m_position;
    const Places &m_places;
    const Rules &m_rules;
    const StaleIds &m_staleIds;
    int m_level;
    Granularity m_granularity;
    Scene m_scene;
};

} // namespace

Scene takePicture(const Trace &trace, const World &world, std::uint32_t position, const Places &places, const StaleIds &staleIds, int level,
                  Granularity granularity)
{
    Scene scene = Photographer(trace, world, position, places, staleIds, level, granularity).take();
    for (const Box &box : scene.boxes)
        for (const Row &row : box.rows)
            scene.staleUsed |= static_cast<bool>(row.staleOf);
    scene.counts = world.gc.counts();
    // Loops above the first row and at the right, halos and badges need room.
    scene.extent = places.extent().adjusted(-10, -48, 48, 34);
    return scene;
}

} // namespace pyrena::objects
