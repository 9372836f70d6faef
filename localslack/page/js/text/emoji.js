// The shortcodes people and apps use most, by Slack's own names. One that is missing here shows as
// it was typed, `:like_this:`, and nothing breaks.

const TABLE = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 satisfied 😆 sweat_smile 😅 joy 😂
rolling_on_the_floor_laughing 🤣 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊
innocent 😇 heart_eyes 😍 star-struck 🤩 kissing_heart 😘 yum 😋 stuck_out_tongue 😛
stuck_out_tongue_winking_eye 😜 zany_face 🤪 hugging_face 🤗 face_with_hand_over_mouth 🤭
shushing_face 🤫 thinking_face 🤔 zipper_mouth_face 🤐 neutral_face 😐 expressionless 😑 no_mouth 😶
smirk 😏 unamused 😒 face_with_rolling_eyes 🙄 grimacing 😬 relieved 😌 pensive 😔 sleepy 😪 sleeping 😴
mask 😷 face_with_thermometer 🤒 dizzy_face 😵 exploding_head 🤯 partying_face 🥳 sunglasses 😎
nerd_face 🤓 face_with_monocle 🧐 confused 😕 worried 😟 slightly_frowning_face 🙁
white_frowning_face ☹️ open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺 fearful 😨
cold_sweat 😰 cry 😢 sob 😭 scream 😱 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 triumph 😤 rage 😡
angry 😠 skull 💀 ghost 👻 robot_face 🤖 see_no_evil 🙈 hear_no_evil 🙉 speak_no_evil 🙊
+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 ok_hand 👌 wave 👋 raised_hand ✋ hand ✋ raised_hands 🙌 clap 👏
pray 🙏 handshake 🤝 muscle 💪 crossed_fingers 🤞 v ✌️ point_up ☝️ point_up_2 👆 point_down 👇
point_left 👈 point_right 👉 writing_hand ✍️ fist ✊ facepunch 👊 eyes 👀 eye 👁️ brain 🧠 ear 👂
bust_in_silhouette 👤 busts_in_silhouette 👥 speaking_head_in_silhouette 🗣️ detective 🕵️
sleuth_or_spy 🕵️ female-detective 🕵️‍♀️ male-detective 🕵️‍♂️ judge 🧑‍⚖️ female-judge 👩‍⚖️
male-judge 👨‍⚖️ cop 👮 female-police-officer 👮‍♀️ male-police-officer 👮‍♂️ guardsman 💂
female-office-worker 👩‍💼 male-office-worker 👨‍💼 office_worker 🧑‍💼 female-technologist 👩‍💻
male-technologist 👨‍💻 technologist 🧑‍💻 construction_worker 👷 shrug 🤷 woman-shrugging 🤷‍♀️
man-shrugging 🤷‍♂️ woman-raising-hand 🙋‍♀️ man-raising-hand 🙋‍♂️ raising_hand 🙋 facepalm 🤦
baby 👶 child 🧒 adult 🧑 man 👨 woman 👩 older_adult 🧓 family 👪 runner 🏃 walking 🚶
heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤
white_heart 🤍 broken_heart 💔 sparkling_heart 💖 100 💯 boom 💥 collision 💥 dizzy 💫 zzz 💤 dash 💨
sweat_drops 💦
white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌
negative_squared_cross_mark ❎ heavy_multiplication_x ✖️ heavy_plus_sign ➕ heavy_minus_sign ➖
warning ⚠️ no_entry ⛔ no_entry_sign 🚫 octagonal_sign 🛑 stop_sign 🛑 rotating_light 🚨 sos 🆘
exclamation ❗ heavy_exclamation_mark ❗ grey_exclamation ❕ question ❓ grey_question ❔ bangbang ‼️
interrobang ⁉️ information_source ℹ️ recycle ♻️ new 🆕 up 🆙 ok 🆗 free 🆓 cool 🆒 id 🆔
no_mobile_phones 📵 underage 🔞 radioactive_sign ☢️ biohazard_sign ☣️ infinity ♾️ copyright ©️
registered ®️ tm ™️ hash #️⃣ zero 0️⃣ one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ six 6️⃣
seven 7️⃣ eight 8️⃣ nine 9️⃣ keycap_ten 🔟
large_red_circle 🔴 red_circle 🔴 large_orange_circle 🟠 large_yellow_circle 🟡 large_green_circle 🟢
large_blue_circle 🔵 large_purple_circle 🟣 large_brown_circle 🟤 black_circle ⚫ white_circle ⚪
red_square 🟥 large_red_square 🟥 large_orange_square 🟧 large_yellow_square 🟨 large_green_square 🟩
large_blue_square 🟦 large_purple_square 🟪 black_large_square ⬛ white_large_square ⬜
black_small_square ▪️ white_small_square ▫️ large_orange_diamond 🔶 large_blue_diamond 🔷
small_orange_diamond 🔸 small_blue_diamond 🔹 small_red_triangle 🔺 small_red_triangle_down 🔻
radio_button 🔘
arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ arrow_upper_right ↗️ arrow_lower_right ↘️
arrow_right_hook ↪️ leftwards_arrow_with_hook ↩️ arrow_forward ▶️ arrow_backward ◀️
fast_forward ⏩ rewind ⏪ arrow_up_small 🔼 arrow_down_small 🔽 arrows_counterclockwise 🔄
arrows_clockwise 🔃 repeat 🔁 left_right_arrow ↔️ arrow_up_down ↕️ double_vertical_bar ⏸️
black_square_for_stop ⏹️ twisted_rightwards_arrows 🔀 end 🔚 back 🔙 soon 🔜 top 🔝
alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ stopwatch ⏱️ timer_clock ⏲️
mantelpiece_clock 🕰️ watch ⌚ clock1 🕐 clock2 🕑 clock3 🕒 clock4 🕓 clock5 🕔 clock6 🕕 clock7 🕖
clock8 🕗 clock9 🕘 clock10 🕙 clock11 🕚 clock12 🕛 calendar 📆 date 📅 spiral_calendar_pad 🗓️
sunrise 🌅 sunny ☀️ crescent_moon 🌙
memo 📝 pencil 📝 pencil2 ✏️ lower_left_ballpoint_pen 🖊️ clipboard 📋 page_facing_up 📄
page_with_curl 📃 bookmark_tabs 📑 newspaper 📰 book 📖 open_book 📖 closed_book 📕 green_book 📗
blue_book 📘 books 📚 notebook 📓 ledger 📒 bookmark 🔖 label 🏷️ file_folder 📁 open_file_folder 📂
card_index_dividers 🗂️ card_index 📇 file_cabinet 🗄️ card_file_box 🗃️ wastebasket 🗑️ paperclip 📎
linked_paperclips 🖇️ pushpin 📌 round_pushpin 📍 straight_ruler 📏 triangular_ruler 📐 scissors ✂️
bar_chart 📊 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 briefcase 💼
ballot_box_with_ballot 🗳️ receipt 🧾 package 📦 envelope ✉️ email ✉️ e-mail 📧 incoming_envelope 📨
envelope_with_arrow 📩 inbox_tray 📥 outbox_tray 📤 mailbox 📫 mailbox_with_mail 📬 postbox 📮
love_letter 💌 fax 📠 printer 🖨️ computer 💻 desktop_computer 🖥️ keyboard ⌨️ floppy_disk 💾 cd 💿
telephone_receiver 📞 phone ☎️ telephone ☎️ iphone 📱 calling 📲 camera 📷 movie_camera 🎥
video_camera 📹 satellite_antenna 📡 battery 🔋 electric_plug 🔌 bulb 💡 flashlight 🔦 mag 🔍
mag_right 🔎 microscope 🔬 telescope 🔭
lock 🔒 unlock 🔓 lock_with_ink_pen 🔏 closed_lock_with_key 🔐 key 🔑 old_key 🗝️ hammer 🔨 wrench 🔧
hammer_and_wrench 🛠️ nut_and_bolt 🔩 gear ⚙️ scales ⚖️ chains ⛓️ link 🔗 shield 🛡️
crossed_swords ⚔️ dart 🎯 anchor ⚓ magnet 🧲 toolbox 🧰 test_tube 🧪 dna 🧬 syringe 💉 pill 💊 bomb 💣
door 🚪 broom 🧹 fire_extinguisher 🧯 money_with_wings 💸 moneybag 💰 credit_card 💳 pound 💷 gem 💎
speech_balloon 💬 left_speech_bubble 🗨️ thought_balloon 💭 right_anger_bubble 🗯️ bell 🔔 no_bell 🔕
mega 📣 loudspeaker 📢 loud_sound 🔊 mute 🔇 microphone 🎤 headphones 🎧
house 🏠 office 🏢 hospital 🏥 bank 🏦 school 🏫 classical_building 🏛️ courthouse 🏛️ factory 🏭
european_castle 🏰 construction 🚧 vertical_traffic_light 🚦 traffic_light 🚥 car 🚗 police_car 🚓
ambulance 🚑 fire_engine 🚒 bus 🚌 train 🚋 bike 🚲 airplane ✈️ rocket 🚀 ship 🚢
globe_with_meridians 🌐 earth_africa 🌍 world_map 🗺️ triangular_flag_on_post 🚩 checkered_flag 🏁
waving_white_flag 🏳️ waving_black_flag 🏴 gb 🇬🇧 flag-gb 🇬🇧 uk 🇬🇧
fire 🔥 star ⭐ star2 🌟 sparkles ✨ zap ⚡ rainbow 🌈 cloud ☁️ snowflake ❄️ snowman ⛄ droplet 💧
ocean 🌊 seedling 🌱 evergreen_tree 🌲 four_leaf_clover 🍀 rose 🌹 sunflower 🌻 dog 🐶 cat 🐱 bug 🐛
bee 🐝 turtle 🐢 snail 🐌 owl 🦉 fox_face 🦊 unicorn_face 🦄
tada 🎉 confetti_ball 🎊 balloon 🎈 gift 🎁 trophy 🏆 first_place_medal 🥇 second_place_medal 🥈
third_place_medal 🥉 medal 🏅 sports_medal 🏅 art 🎨 musical_note 🎵 game_die 🎲 soccer ⚽ coffee ☕
tea 🍵 beer 🍺 wine_glass 🍷 cake 🍰 birthday 🎂 cookie 🍪 apple 🍎 pizza 🍕 banana 🍌
`;

const SKIN_TONES = {
  2: "\u{1F3FB}",
  3: "\u{1F3FC}",
  4: "\u{1F3FD}",
  5: "\u{1F3FE}",
  6: "\u{1F3FF}",
};

const EMOJI = new Map();
const words = TABLE.trim().split(/\s+/);
for (let index = 0; index < words.length; index += 2) EMOJI.set(words[index], words[index + 1]);

export function hasEmoji(name) {
  return EMOJI.has(name);
}

/**
 * @param {string} name without the colons
 * @param {number|null} [tone] 2 to 6, lightest to darkest
 * @returns {string|null} null when the name is not known
 */
export function emojiCharacter(name, tone = null) {
  const character = EMOJI.get(name);
  if (!character || !tone) return character ?? null;
  const [base, ...rest] = [...character];
  return base + SKIN_TONES[tone] + rest.filter((part) => part !== "\uFE0F").join("");
}
