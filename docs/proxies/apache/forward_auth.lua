-- Asks Postern about each request, before Apache hands it on. Needs LuaSocket (Debian: lua-socket).
-- Use: LuaHookAccessChecker /etc/apache2/forward_auth.lua forward_auth

require "apache2"
local socket = require "socket"

local HOST, PORT = "postern", 4180
local TIMEOUT_SECONDS = 10

-- what Postern says about a signed-in user
local IDENTITY = {
  "X-Auth-Request-User",
  "X-Auth-Request-Email",
  "X-Auth-Request-Preferred-Username",
  "X-Auth-Request-Groups",
}

-- about one connection or one body: not for the question
local OF_ONE_HOP = {
  ["connection"] = true,
  ["keep-alive"] = true,
  ["proxy-connection"] = true,
  ["transfer-encoding"] = true,
  ["content-length"] = true,
  ["te"] = true,
  ["trailer"] = true,
  ["upgrade"] = true,
  ["expect"] = true,
}

-- an app may take X_Auth_Request_User or X.Auth.Request.User for X-Auth-Request-User, so every spelling is ours
local function is_identity(name)
  return name:find("^x[^a-z0-9]auth[^a-z0-9]request")
end

local function is_ours(name)
  return is_identity(name) or name:find("^x[^a-z0-9]forwarded[^a-z0-9]") or name:find("^x[^a-z0-9]original[^a-z0-9]")
end

local function question(r)
  local lines = { "GET /oauth2/auth HTTP/1.0" }
  for name, value in pairs(r:headers_in_table()) do
    local key = name:lower()
    if not OF_ONE_HOP[key] and not is_ours(key) then
      lines[#lines + 1] = name .. ": " .. value
    end
  end
  local scheme = r.is_https and "https" or "http"
  local host = r.headers_in["Host"] or ""
  lines[#lines + 1] = "X-Real-IP: " .. r.useragent_ip
  lines[#lines + 1] = "X-Forwarded-For: " .. r.useragent_ip
  lines[#lines + 1] = "X-Forwarded-Proto: " .. scheme
  lines[#lines + 1] = "X-Forwarded-Host: " .. host
  lines[#lines + 1] = "X-Forwarded-Uri: " .. r.unparsed_uri
  lines[#lines + 1] = "X-Forwarded-Method: " .. r.method
  -- the mark of a proxy that makes the redirect itself, from the Location of the 401
  lines[#lines + 1] = "X-Original-URL: " .. scheme .. "://" .. host .. r.unparsed_uri
  lines[#lines + 1] = "X-Original-Method: " .. r.method
  return table.concat(lines, "\r\n") .. "\r\n\r\n"
end

-- the status, and the headers by their lower-case names; nothing when Postern did not answer in full
local function answer(connection)
  local status = tonumber((connection:receive("*l") or ""):match("^HTTP/1%.%d (%d%d%d)"))
  local headers = {}
  while status do
    local line = connection:receive("*l")
    if not line then
      return nil
    end
    if line == "" then
      return status, headers
    end
    local name, value = line:match("^([^:]+):%s*(.-)%s*$")
    if name then
      headers[name:lower()] = value
    end
  end
end

local function ask(r)
  local connection = socket.tcp()
  connection:settimeout(TIMEOUT_SECONDS)
  local status, headers
  if connection:connect(HOST, PORT) and connection:send(question(r)) then
    status, headers = answer(connection)
  end
  connection:close()
  return status, headers
end

-- Apache deletes what the client names in Connection, and would do it after the identity is set; an Upgrade to anything but a
-- WebSocket would be a tunnel whose requests Postern never sees
local function cut_hop(r)
  if (r.headers_in["Upgrade"] or ""):lower() ~= "websocket" then
    r.headers_in["Upgrade"] = nil
  end
  local kept = {}
  for option in (r.headers_in["Connection"] or ""):lower():gmatch("[^,%s]+") do
    if option == "close" or option == "keep-alive" or option == "upgrade" then
      kept[#kept + 1] = option
    end
  end
  r.headers_in["Connection"] = #kept > 0 and table.concat(kept, ", ") or nil
end

local function admit(r, headers)
  cut_hop(r)
  for name in pairs(r:headers_in_table()) do
    if is_identity(name:lower()) then
      r.headers_in[name] = nil
    end
  end
  for _, name in ipairs(IDENTITY) do
    r.headers_in[name] = headers[name:lower()] or ""
  end
  return apache2.DECLINED
end

function forward_auth(r)
  if r.uri:sub(1, 8) == "/oauth2/" then
    return apache2.DECLINED
  end
  if r.unparsed_uri:sub(1, 1) ~= "/" then
    return 400
  end
  local status, headers = ask(r)
  if status == 200 then
    return admit(r, headers)
  end
  if status == 401 and headers["location"] then
    r.err_headers_out["Location"] = headers["location"]
    r.err_headers_out["Cache-Control"] = "no-store"
    return 302
  end
  if status == 401 and headers["www-authenticate"] then
    r.err_headers_out["WWW-Authenticate"] = headers["www-authenticate"]
  end
  return (status == 401 or status == 403) and status or 503
end
