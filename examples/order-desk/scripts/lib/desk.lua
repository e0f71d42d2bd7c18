-- The order desk: its tables, what is sold, and what can be done with an order.
local db = sql.open("desk")
local desk = {}

-- The seed: a new database gets its tables, and the articles of data/articles.csv.
db:exec("CREATE TABLE IF NOT EXISTS articles (name TEXT PRIMARY KEY, cents INTEGER NOT NULL, stock INTEGER NOT NULL)")
db:exec([[CREATE TABLE IF NOT EXISTS orders (id INTEGER PRIMARY KEY, customer TEXT NOT NULL, article TEXT NOT NULL,
  count INTEGER NOT NULL, state TEXT NOT NULL)]])
if db:value("SELECT count(*) FROM articles") == 0 then
  db:transaction(function(tx)
    for _, row in ipairs(files.load("data/articles.csv")) do
      tx:exec("INSERT INTO articles (name, cents, stock) VALUES (?, ?, ?)", row.name, tonumber(row.cents), tonumber(row.stock))
    end
  end)
end

function desk.euros(cents)
  return string.format("%.2f euros", cents / 100)
end

-- Finds an article by its name, or else the nearest name.
function desk.article(name)
  local row = db:row("SELECT name, cents, stock FROM articles WHERE lower(name) = lower(?)", name)
  if row then
    return row
  end
  local nearest, best = nil, 0.5
  for _, other in ipairs(db:query("SELECT name FROM articles ORDER BY name")) do
    local likeness = text.similarity(text.lower(name), other.name)
    if likeness > best then
      nearest, best = other.name, likeness
    end
  end
  return nil, nearest
end

-- Takes the articles from the stock and writes the order: both or neither. Gives the order's number, or nil and what is left.
function desk.order(customer, article, count)
  return db:transaction(function(tx)
    local taken = tx:exec("UPDATE articles SET stock = stock - ? WHERE name = ? AND stock >= ?", count, article, count)
    if taken == 0 then
      return nil, tx:value("SELECT stock FROM articles WHERE name = ?", article)
    end
    local _, id = tx:exec("INSERT INTO orders (customer, article, count, state) VALUES (?, ?, ?, 'open')", customer, article, count)
    return id
  end)
end

function desk.orders(customer)
  return db:query("SELECT id, article, count, state FROM orders WHERE customer = ? ORDER BY id", customer)
end

-- Cancels an open order of this customer, and puts the articles back. Says whether there was one.
function desk.cancel(customer, id)
  return db:transaction(function(tx)
    local order = tx:row("SELECT article, count FROM orders WHERE id = ? AND customer = ? AND state = 'open'", id, customer)
    if not order then
      return false
    end
    tx:exec("UPDATE orders SET state = 'cancelled' WHERE id = ?", id)
    tx:exec("UPDATE articles SET stock = stock + ? WHERE name = ?", order.count, order.article)
    return true
  end)
end

return desk
