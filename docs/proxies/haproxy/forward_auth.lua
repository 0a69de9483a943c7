-- Asks the gate about each request, by HAProxy's own HTTP client (2.5 and later): no Lua library is needed.
-- Use: http-request lua.forward_auth http://HOST:PORT/oauth2/auth

-- what the gate says about a signed-in user; a client's own lines of these names are dropped
local IDENTITY = {
  "x-auth-request-user",
  "x-auth-request-email",
  "x-auth-request-preferred-username",
  "x-auth-request-groups",
}

-- about one connection or one body: not for the question, not for the answer
local OF_ONE_HOP = {
  ["connection"] = true,
  ["keep-alive"] = true,
  ["transfer-encoding"] = true,
  ["content-length"] = true,
  ["te"] = true,
  ["trailer"] = true,
  ["upgrade"] = true,
  ["expect"] = true,
}

local TIMEOUT_MILLIS = 10000

local function ask(txn, address)
  local headers = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if not OF_ONE_HOP[name] and name ~= "host" then
      headers[name] = values
    end
  end
  return core.httpclient():get{url = address, headers = headers, timeout = TIMEOUT_MILLIS}
end

-- HAProxy counts the lines of one header from 0
local function each(values, use)
  if values then
    for line = 0, #values do
      use(values[line])
    end
  end
end

local function admit(txn, answer)
  for _, name in ipairs(IDENTITY) do
    txn.http:req_del_header(name)
    each(answer.headers[name], function(value) txn.http:req_add_header(name, value) end)
  end
end

-- hands the gate's answer through: a redirect to the login, a 401 for programs, a 403 with its page
local function refuse(txn, answer)
  local reply = txn:reply{status = answer.status, reason = answer.reason}
  for name, values in pairs(answer.headers) do
    if not OF_ONE_HOP[name] then
      each(values, function(value) reply:add_header(name, value) end)
    end
  end
  if answer.body then
    reply:set_body(answer.body)
  end
  txn:done(reply)
end

core.register_action("forward_auth", {"http-req"}, function(txn, address)
  local answer = ask(txn, address)
  if not answer or not answer.status or answer.status == 0 then
    txn:done(txn:reply{status = 502, reason = "Bad Gateway"})
  elseif answer.status >= 200 and answer.status < 300 then
    admit(txn, answer)
  else
    refuse(txn, answer)
  end
end, 1)
